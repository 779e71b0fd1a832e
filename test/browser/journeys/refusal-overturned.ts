import { answersTheRest, asksFor, putsForward, saysTheNeed, startsAnApplication } from '../application-steps.ts';
import { declines, findsWhatWaits, hasNoInterest } from '../deciding-steps.ts';
import { saysItIsSafe } from '../family-steps.ts';
import { PATIENTLY } from '../patience.ts';
import { paysInAGrantsRun } from '../paying-steps.ts';
import type { Person } from '../person.ts';
import type { Town } from '../town.ts';

const FAMILY = 'N-104';
const HOME = { address_line_1: '4 Mill Street', town: 'Northtown', postcode: 'NR4 4DD' };
const NEED = 'The landlord says that the rent of October was not paid.';

/** A refusal: told by letter, reviewed by somebody else, overturned, paid. */
export function refusalOverturned(town: () => Town): void {
  let phone: Person;

  it(
    'is signed by a manager with reasons, what would change it, and where else to go',
    async () => {
      await town().family(FAMILY, HOME);
      const worker = await town().at('caseworker');
      await startsAnApplication(worker, FAMILY);
      await saysTheNeed(worker, NEED);
      await asksFor(worker, { what: 'Rent arrears', words: 'The rent of October', amount: '320' });
      await answersTheRest(worker);
      await putsForward(worker, NEED, 'The landlord has put nothing in writing yet.');
      const manager = await town().at('manager');
      await findsWhatWaits(manager, FAMILY, /^Decide: £320.00 for family N-104/);
      await declines(manager, {
        ...{ reason: 'The landlord told us that nothing is owed.', elsewhere: 'Shelter' },
        wouldChange: 'A letter from the landlord that says what is owed.',
      });
    },
    PATIENTLY,
  );

  it(
    'goes by letter, whose copy a worker opens',
    async () => {
      await town().letMessagesGo();
      const worker = await town().at('caseworker');
      await worker.opens('/');
      await worker.follows(/^Grants/);
      await worker.follows(FAMILY);
      await worker.reads('What the family was told');
      await worker.follows('What it says');
      await worker.reads(
        'The landlord told us that nothing is owed.',
        'A letter from the landlord that says what is owed.',
      );
      const letter = await worker.saves('download our copy (PDF)');
      expect(letter.subarray(0, 5).toString()).toBe('%PDF-');
      await worker.follows('Read the letter');
      await worker.isOn('Letter to family N-104');
    },
    PATIENTLY,
  );

  it(
    'is read by the family, with a code it was given, and it asks for a review in its own words',
    async () => {
      const worker = await town().at('caseworker');
      await worker.opens('/');
      await worker.follows(/^Families/);
      await worker.follows(FAMILY);
      await worker.follows('Their own page');
      await worker.presses('Make a code for this family');
      await worker.reads('Read this code out, or hand it over');
      phone = await town().phone(FAMILY, { scripts: false });
      await phone.opens('/f/code');
      await phone.types({ 'Your code': await worker.wordsOf('.mainstay-card__amount') });
      await phone.presses('Continue');
      await saysItIsSafe(phone);
      await phone.follows('What you asked us for');
      await phone.readsIn('The rent of October', 'We said no to what you asked for.');
      await phone.follows('Read the letter');
      await phone.reads('The landlord told us that nothing is owed.', 'Shelter');
      await phone.presses('Ask us to look at this again');
      await phone.types({ 'What do you want to tell us?': 'He has written to us now. We have the letter here.' });
      await phone.presses('Send');
      await phone.readsIn('The rent of October', /We will answer by Monday 30 November.$/);
    },
    PATIENTLY,
  );

  it(
    'is passed on, and overturned by a manager who had no part in it',
    async () => {
      const worker = await town().at('caseworker');
      await findsWhatWaits(worker, FAMILY, /^Review for family N-104/);
      await worker.reads('He has written to us now. We have the letter here.');
      await worker.types({ 'What should the reviewer know?': 'I have seen the letter: £320 is owed.' });
      await worker.presses('Pass it on to a senior person');
      const senior = await town().at('manager2');
      await findsWhatWaits(senior, FAMILY, /^Decide on the review for family N-104/);
      await senior.reads('I have seen the letter: £320 is owed.', 'The landlord told us that nothing is owed.');
      await hasNoInterest(senior);
      await senior.chooses('Overturn the decision');
      await senior.types({ 'Reasons, in words the family understands': 'The landlord’s letter shows what is owed.' });
      await senior.presses('Decide');
      await senior.reads('Overturned', 'The landlord’s letter shows what is owed.');
    },
    PATIENTLY,
  );

  it(
    'is paid, and the family reads that the answer changed',
    async () => {
      expect(await paysInAGrantsRun(town(), '2026-11-24', '£320.00')).toContain('LEAD N-104');
      await phone.opens('/f/asked');
      await phone.readsIn('The rent of October', 'We looked at it again. Our answer has changed.', '£320.00', 'Sent');
    },
    PATIENTLY,
  );
}
