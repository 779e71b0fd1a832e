/** The ways money leaves, each a folder here. */
export const railNames = ['bacs', 'prepaid-card', 'voucher', 'faster-payments', 'pain001'] as const;
/** One of the ways money leaves. */
export type RailName = (typeof railNames)[number];

/** Names each rail in plain words. */
export const railWords: Readonly<Record<RailName, string>> = {
  ...{ bacs: 'Bacs', 'prepaid-card': 'Prepaid cards', voucher: 'Cash-out vouchers' },
  ...{ 'faster-payments': 'Faster Payments', pain001: 'ISO 20022 (pain.001)' },
};

/** Says by which rails details of a kind can be paid; the first is the one runs take. */
export function railsFor(kind: 'prepaid-card' | 'voucher' | undefined): readonly RailName[] {
  return kind === undefined ? ['bacs', 'faster-payments', 'pain001'] : [kind];
}
