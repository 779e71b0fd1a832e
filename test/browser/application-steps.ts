import type { OwnFile, Person } from './person.ts';

/** One thing asked for, as a worker types it. */
export interface ItemAsked {
  readonly what: string;
  readonly words?: string;
  readonly amount?: string;
  readonly paidTo?: string;
  readonly instalments?: { readonly many: string; readonly first: string };
}

/** Finds a family in the list and starts an application for it. */
export async function startsAnApplication(worker: Person, family: string): Promise<void> {
  await worker.opens('/');
  await worker.follows(/^Families/);
  await worker.follows(family);
  await worker.isOn(`Family ${family}`);
  await worker.follows('Start an application for a grant');
  await worker.isOn(`Start an application for family ${family}`);
  await worker.chooses('Fund early-action');
  await worker.presses('Start');
  await worker.isOn(`Application for family ${family}`);
  await worker.reads('Cannot start yet');
}

export async function saysTheNeed(worker: Person, need: string): Promise<void> {
  await worker.follows('What the family needs');
  await worker.types({ 'The need, in words': need });
  await worker.presses('Save');
  await worker.readsIn('What the family needs', 'Completed');
}

/** Adds what is asked for, one after the other. */
export async function asksFor(worker: Person, ...items: readonly ItemAsked[]): Promise<void> {
  await worker.follows('What is asked for');
  await worker.isOn('What is asked for?');
  for (const item of items) await addsAnItem(worker, item);
  await worker.presses('Continue');
}

async function addsAnItem(worker: Person, { what, words, amount, paidTo, instalments }: ItemAsked): Promise<void> {
  await worker.picks('What is it?', what);
  if (words) await worker.types({ 'In more words': words });
  if (amount) await worker.types({ 'How much?': amount });
  if (paidTo) await worker.picks('Who is paid?', paidTo);
  if (instalments) {
    await worker.types({ 'In how many instalments?': instalments.many });
    await worker.writesDay('On which day is the first paid?', instalments.first);
  }
  await worker.presses('Add this item');
  await worker.reads(words ?? what, /^So far, £/);
}

/** Answers what is asked besides the need and the items. @param today why it must be paid today, when it must */
export async function answersTheRest(worker: Person, { today }: { today?: string } = {}): Promise<void> {
  await worker.follows('What it means for the child');
  await worker.types({ 'The child’s need': 'Samba, 4, would lose his place at nursery.' });
  await worker.presses('Save');
  await worker.follows('Whose identity was seen');
  await worker.types({ 'Whose, and which document': 'Passport of the mother' });
  await worker.presses('Save');
  await worker.follows('Whether it can wait for the next run');
  await worker.chooses(today ? 'No, it must be paid today' : 'Yes, it is paid in the next grants run');
  if (today) await worker.types({ 'Why must it be today?': today });
  await worker.presses('Save');
  await worker.follows('Whether you know the family or a payee');
  await worker.chooses('No');
  await worker.presses('Save');
}

export async function addsAFile(worker: Person, file: OwnFile): Promise<void> {
  await worker.follows('Add a file');
  await worker.isOn('Files that show the need');
  await worker.attaches('Add a file', file);
  await worker.presses('Add this file');
  await worker.reads(file.name);
  await worker.follows('The application');
}

/** Checks the answers, hands them in, and recommends. */
export async function putsForward(worker: Person, need: string, recommendation: string): Promise<void> {
  await worker.follows('Check your answers and hand them in');
  await worker.isOn('Check your answers before you hand them in');
  await worker.reads(need, 'Passport of the mother');
  await worker.presses('Hand in and check');
  await worker.reads('The application is handed in and checked.', 'Payee verified');
  await recommends(worker, recommendation);
}

export async function recommends(worker: Person, recommendation: string): Promise<void> {
  await worker.presses('Recommend it to a manager');
  await worker.isOn('What do you recommend?');
  await worker.types({ 'Your analysis, and what you recommend': recommendation });
  await worker.presses('Recommend it');
  await worker.reads('A manager decides now.', 'Waits for a manager');
}
