/** The reports banks send that speak of single payments. */
export type ReturnReport = 'arucs' | 'awacs' | 'input';

/** What a code means, in plain words, and what it asks of whoever deals with it. */
export interface Reason {
  readonly words: string;
  readonly whatToDo: string;
}

/** Unpaid credits: the money came back. @source help.pt-x.com, "ARUCS return codes" */
const arucs: Readonly<Record<string, Reason>> = {
  0: {
    words: 'The account details are not valid',
    whatToDo: 'Ask the family for new account details.',
  },
  2: {
    words: 'The account holder is reported to have died',
    whatToDo: 'Stop future payments, tell safeguarding, and find out who cares for the children now.',
  },
  3: {
    words: 'The account was moved to another bank',
    whatToDo: 'Use the new details if the bank gave them; otherwise ask the family.',
  },
  5: { words: 'There is no such account', whatToDo: 'Check the details with the family.' },
  B: { words: 'The account was closed', whatToDo: 'Ask the family for new account details.' },
  C: { words: 'The payer asked for it back', whatToDo: 'Find out who at the council asked the bank, and why.' },
};

/** Wrong details: the money arrived, and the details must be put right before the next payment. @source help-accesspaysuiteddcms, "AWACS" */
const awacs: Readonly<Record<string, Reason>> = {
  0: { words: 'The account details were not right', whatToDo: 'Take over the details the bank gave.' },
  3: { words: 'The account was moved to another bank', whatToDo: 'Take over the new details the bank gave.' },
};

const OURS = 'Check the paying account under Administration with the bank; then pay it again.';
const THEIRS = 'Ask the family for new account details.';
const BOTH = 'Check the paying account with the bank, and ask the family for its details again.';
const FILE = 'Whoever looks after Mainstay here checks how the file is made; then pay it again.';

/** What Bacs finds wrong with a payment as the file comes in: it goes no further. @source wiki.smarterpay.com, "Input Reports" */
const input: Readonly<Record<string, Reason>> = {
  ...alike(['A', 'B'], 'The account it was to come from is not valid', OURS),
  ...alike(['C', 'D'], 'Neither the family’s sort code nor the account it was to come from is valid', BOTH),
  ...alike(['E'], 'The family’s sort code is not valid', THEIRS),
  ...alike(['F', 'G'], 'The type of account and the account it was to come from are not valid', OURS),
  ...alike(['H', 'I'], 'The family’s sort code, the type of account and where it was to come from are not valid', BOTH),
  ...alike(['J'], 'The family’s sort code and the type of account are not valid', THEIRS),
  ...alike(['K'], 'The type of account is not valid', THEIRS),
  ...alike(['L'], 'Several details are not valid, the family’s account number and name among them', THEIRS),
  ...alike(['M'], 'The family’s account number and name are not valid', THEIRS),
  ...alike(['N'], 'The record that takes the total from the council’s account is not valid', FILE),
  ...alike(['O'], 'The reference is not valid', FILE),
  ...alike(['P'], 'The account it was to come from does not hold this currency', OURS),
};

function alike(codes: readonly string[], words: string, whatToDo: string): Record<string, Reason> {
  return Object.fromEntries(codes.map((code) => [code, { words, whatToDo }]));
}

/** Every code of the three reports. */
export const reasonCodes: Readonly<Record<ReturnReport, Readonly<Record<string, Reason>>>> = { arucs, awacs, input };

const INPUT = 'input-';

/** Names a code so that it is told apart from the same letter in another report. */
export function codeOf(kind: ReturnReport, code: string): string {
  return kind === 'input' ? `${INPUT}${code}` : code;
}

/** Why the money of a payment came back, beside what banks say. */
const ours: Readonly<Record<string, Reason>> = {
  expired: {
    words: 'The voucher was not used in time',
    whatToDo: 'Ask the family why, and choose another way to pay.',
  },
};

/** Says in plain words why a payment came back. */
export function reasonOf(code: string): Reason {
  const known = code.startsWith(INPUT) ? input[code.slice(INPUT.length)] : arucs[code];
  return known ?? ours[code] ?? { words: `Code ${code}`, whatToDo: 'Ask the bank what it means.' };
}
