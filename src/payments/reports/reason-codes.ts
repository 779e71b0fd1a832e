/** The reports banks send of single payments. */
export type ReturnReport = 'arucs' | 'awacs';

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

/** Every code of both reports. */
export const reasonCodes: Readonly<Record<ReturnReport, Readonly<Record<string, Reason>>>> = { arucs, awacs };

/** Why the money of a payment came back, beside what banks say. */
const ours: Readonly<Record<string, Reason>> = {
  expired: {
    words: 'The voucher was not used in time',
    whatToDo: 'Ask the family why, and choose another way to pay.',
  },
};

/** Says in plain words why a payment came back. */
export function reasonOf(code: string): Reason {
  return arucs[code] ?? ours[code] ?? { words: `Code ${code}`, whatToDo: 'Ask the bank what it means.' };
}
