import { answersTheRest, asksFor, putsForward, saysTheNeed, startsAnApplication } from '../application-steps.ts';
import { awards, findsWhatWaits } from '../deciding-steps.ts';
import { comesByTheLink } from '../family-steps.ts';
import { PATIENTLY } from '../patience.ts';
import { paysInAGrantsRun } from '../paying-steps.ts';
import type { Town } from '../town.ts';

const FAMILY = 'N-107';
const MOBILE = '07700900107';
const NEED = 'The Home Office fee for three children is due by Friday.';

/** A grant above every limit: it goes up to somebody who is given one, by two people. */
export function overTheLimit(town: () => Town): void {
  it(
    'is recommended, and says at once that nobody’s limit reaches so far',
    async () => {
      await town().family(FAMILY, { mobile: MOBILE });
      const worker = await town().at('caseworker');
      await startsAnApplication(worker, FAMILY);
      await saysTheNeed(worker, NEED);
      await asksFor(worker, { what: 'Home Office fee', words: 'Fee for three children', amount: '1200' });
      await answersTheRest(worker);
      await putsForward(worker, NEED, 'With leave to remain the family can work.');
      const manager = await town().at('manager');
      await manager.opens('/');
      await manager.follows(/^Waiting/);
      await manager.readsIn(FAMILY, 'Nobody yet: ask an administrator');
      await manager.follows(FAMILY);
      await manager.reads('Nobody has a limit that covers £1,200.00. Ask an administrator to set one.');
    },
    PATIENTLY,
  );

  it(
    'goes up to a manager who is given a limit of her own by an administrator and finance',
    async () => {
      const administrator = await town().at('administrator');
      await administrator.opens('/');
      await administrator.follows(/^Administration/);
      await administrator.follows('Delegated limits');
      await administrator.presses('Propose a limit');
      await administrator.picks('For which role?', 'Manager');
      await administrator.picks('For whom?', 'manager2');
      await administrator.chooses('Grant', 'What is it about?');
      await administrator.types({ 'Up to how much?': '2500' });
      await administrator.writesDay('From which day?', '2026-11-16');
      await administrator.types({ 'Why?': 'She decides on the large ones.' });
      await administrator.presses('Propose');
      const finance = await town().at('finance');
      await finance.opens('/');
      await finance.follows(/^Administration/);
      await finance.follows('Delegated limits');
      await finance.follows('Manager', '£2,500.00');
      await finance.reads('manager2 alone, in place of the role’s limit', 'She decides on the large ones.');
      await finance.chooses('Confirm');
      await finance.presses('Decide');
    },
    PATIENTLY,
  );

  it(
    'shows the manager who can decide, and is decided and paid',
    async () => {
      const manager = await town().at('manager');
      await manager.opens('/');
      await manager.follows(/^Waiting/);
      await manager.reads('Above your limit: these people can decide');
      await manager.readsIn(FAMILY, 'manager2');
      const senior = await town().at('manager2');
      await findsWhatWaits(senior, FAMILY, `Decide: £1,200.00 for family ${FAMILY}`);
      await awards(senior);
      expect(await paysInAGrantsRun(town(), '2026-11-26', '£1,220.00')).toContain(`LEAD ${FAMILY}`);
      const phone = await town().phone(FAMILY);
      await comesByTheLink(phone, await town().linkSentTo(MOBILE));
      await phone.readsIn('Fee for three children', '£1,200.00', 'Sent');
    },
    PATIENTLY,
  );
}
