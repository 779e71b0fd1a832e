import { csvRow } from '../../platform/index.ts';

/** A grant as it is published to 360Giving. Nothing here says whose it is; amounts are decimal text. */
export interface PublishedGrant {
  /** A random number of its own, which nothing else of ours carries. */
  readonly publicId: string;
  readonly awardedOn: string;
  readonly amount: string;
  readonly disbursed: string;
  readonly categories: readonly string[];
  readonly isEmergency: boolean;
  readonly fundCode: string;
  readonly programme: string;
  readonly lastModified: string;
}

/** Who publishes: the prefix 360Giving gave the council, and its number at org-id.guide. */
export interface Publisher {
  readonly prefix: string;
  readonly funder: string;
  readonly council: string;
}

const PURPOSES: Readonly<Record<string, readonly [code: string, words: string]>> = {
  housing: ['GTIP060', 'housing costs'],
  food: ['GTIP070', 'food and essential items'],
  baby: ['GTIP070', 'food and essential items'],
  household: ['GTIP070', 'food and essential items'],
  clothing: ['GTIP080', 'clothing'],
  school: ['GTIP080', 'clothing'],
  energy: ['GTIP050', 'utilities'],
  phone: ['GTIP050', 'utilities'],
  travel: ['GTIP100', 'travel'],
};
const EXCEPTIONAL = ['GTIP170', 'exceptional costs'] as const;
const HARDSHIP = 'GTIR010';
const EMERGENCY = 'GTIR100';

const HEAD = [
  ...['Identifier', 'Title', 'Description', 'Currency', 'Amount Awarded', 'Award Date'],
  ...['Recipient Ind:Identifier', 'Recipient Ind:Name', 'To Individuals Details:Primary Grant Reason'],
  ...['To Individuals Details:Secondary Grant Reason', 'To Individuals Details:Grant Purpose'],
  ...['Funding Org:Identifier', 'Funding Org:Name', 'Grant Programme:Code', 'Grant Programme:Title'],
  ...['Beneficiary Location:Name', 'Beneficiary Location:Geographic Code'],
  ...['Beneficiary Location:Geographic Code Type', 'From An Open Call?', 'Amount Disbursed', 'Last Modified'],
];

/**
 * Writes grants as a council publishes them to 360Giving: a row each, to "Individual Recipient", for nothing but its
 * purpose. Why a family needed it is hardship, or an emergency: never its immigration status.
 * @source 360Giving Data Standard 1.4.3, grants to individuals
 */
export function grantsFor360Giving(grants: readonly PublishedGrant[], publisher: Publisher): string {
  return [HEAD, ...grants.map((grant) => rowOf(grant, publisher))].map(csvRow).join('');
}

function rowOf(grant: PublishedGrant, { prefix, funder, council }: Publisher): string[] {
  const purposes = new Map(grant.categories.map((category) => PURPOSES[category] ?? EXCEPTIONAL));
  const words = [...new Set(purposes.values())].join('; ');
  const id = `${prefix}-${grant.publicId}`;
  return [
    ...[id, 'Grant to an individual in hardship', `Towards ${words}.`, 'GBP', grant.amount, grant.awardedOn],
    ...[`${id}-recipient`, 'Individual Recipient', HARDSHIP, grant.isEmergency ? EMERGENCY : ''],
    ...[[...purposes.keys()].join(';'), funder, council, grant.fundCode, grant.programme],
    ...[council, '', '', 'No', grant.disbursed, grant.lastModified],
  ];
}
