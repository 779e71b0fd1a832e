import { answersTheRest, asksFor, putsForward, saysTheNeed, startsAnApplication } from '../application-steps.ts';
import { awards, findsWhatWaits } from '../deciding-steps.ts';
import { comesByTheLink } from '../family-steps.ts';
import { PATIENTLY } from '../patience.ts';
import { paysInAGrantsRun } from '../paying-steps.ts';
import type { Town } from '../town.ts';

const FAMILY = 'N-105';
const MOBILE = '07700900105';
const NEED = 'The landlord wants the deposit before the family may move in.';
const LANDLORD = 'Northtown Homes';

/** A grant paid to a landlord: the account proposed on the way, approved by a second person, paid into. */
export function thirdPartyPayee(town: () => Town): void {
  it(
    'is asked for a landlord, whose account is proposed without losing the way',
    async () => {
      await town().family(FAMILY, { mobile: MOBILE });
      const worker = await town().at('caseworker');
      await startsAnApplication(worker, FAMILY);
      await saysTheNeed(worker, NEED);
      await worker.follows('What is asked for');
      await worker.follows('Propose a payee other than the family');
      await worker.types({ 'Who is paid?': LANDLORD, 'Name on the account': LANDLORD });
      await worker.types({ 'Sort code': '000015', 'Account number': '22345678' });
      await worker.presses('Send for approval');
      await worker.reads('Northtown Homes can be paid once a second person has approved it.');
      await worker.follows('The application');
      await asksFor(worker, { what: 'Something else', words: 'Deposit', amount: '450', paidTo: LANDLORD });
      await answersTheRest(worker);
      await putsForward(worker, NEED, 'Pay the landlord, not the family: the flat is held until Friday.');
      await worker.readsIn('Payee verified', 'Fail');
    },
    PATIENTLY,
  );

  it(
    'is not decided before a second person stands for the account',
    async () => {
      const manager = await town().at('manager');
      await findsWhatWaits(manager, FAMILY, /^Decide: £450.00 for family N-105/);
      await manager.readsIn('Payee verified', 'Fail');
      await findsWhatWaits(manager, FAMILY, 'A payee other than the family', 'Payee other than the family');
      await manager.reads(LANDLORD);
      await manager.chooses('Yes, approve it');
      await manager.presses('Decide');
      await findsWhatWaits(manager, FAMILY, /^Decide: £450.00 for family N-105/);
      await awards(manager);
    },
    PATIENTLY,
  );

  it(
    'is paid to the landlord, and the family reads that it is',
    async () => {
      expect(await paysInAGrantsRun(town(), '2026-11-19', '£450.00')).toContain('NORTHTOWN HOMES');
      const phone = await town().phone(FAMILY);
      await comesByTheLink(phone, await town().linkSentTo(MOBILE));
      await phone.readsIn('Deposit', '£450.00', 'Sent');
    },
    PATIENTLY,
  );
}
