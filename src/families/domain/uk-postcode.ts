/** The letters postcodes begin with, Jersey, Guernsey and the Isle of Man among them. No list of whole postcodes is free. */
const AREAS = [
  ...['AB', 'AL', 'B', 'BA', 'BB', 'BD', 'BH', 'BL', 'BN', 'BR', 'BS', 'BT', 'CA', 'CB', 'CF', 'CH', 'CM', 'CO', 'CR'],
  ...['CT', 'CV', 'CW', 'DA', 'DD', 'DE', 'DG', 'DH', 'DL', 'DN', 'DT', 'DY', 'E', 'EC', 'EH', 'EN', 'EX', 'FK', 'FY'],
  ...['G', 'GL', 'GU', 'GY', 'HA', 'HD', 'HG', 'HP', 'HR', 'HS', 'HU', 'HX', 'IG', 'IM', 'IP', 'IV', 'JE', 'KA', 'KT'],
  ...['KW', 'KY', 'L', 'LA', 'LD', 'LE', 'LL', 'LN', 'LS', 'LU', 'M', 'ME', 'MK', 'ML', 'N', 'NE', 'NG', 'NN', 'NP'],
  ...['NR', 'NW', 'OL', 'OX', 'PA', 'PE', 'PH', 'PL', 'PO', 'PR', 'RG', 'RH', 'RM', 'S', 'SA', 'SE', 'SG', 'SK', 'SL'],
  ...['SM', 'SN', 'SO', 'SP', 'SR', 'SS', 'ST', 'SW', 'SY', 'TA', 'TD', 'TF', 'TN', 'TQ', 'TR', 'TS', 'TW', 'UB', 'W'],
  ...['WA', 'WC', 'WD', 'WF', 'WN', 'WR', 'WS', 'WV', 'YO', 'ZE'],
] as const;
const known: ReadonlySet<string> = new Set(AREAS);
const POSTCODE = /^([A-Z]{1,2})(\d[A-Z\d]?)(\d[ABD-HJLNP-UW-Z]{2})$/;

/** Reads a UK postcode as a caseworker wrote it. @returns it in upper case with one space, or nothing when it is none */
export function ukPostcode(text: string): string | undefined {
  const close = text.replaceAll(/\s/g, '').toUpperCase();
  if (close === 'GIR0AA') return 'GIR 0AA';
  const [, area = '', district, inward] = POSTCODE.exec(close) ?? [];
  return known.has(area) ? `${area}${district} ${inward}` : undefined;
}
