import { answersTheRest, asksFor, recommends, saysTheNeed } from '../application-steps.ts';
import { awards, findsWhatWaits } from '../deciding-steps.ts';
import { PATIENTLY } from '../patience.ts';
import { paysInAGrantsRun } from '../paying-steps.ts';
import type { Town } from '../town.ts';

/** The family that an agency referred. */
const FAMILY = 'N-102';
const NEED = 'A blanket for the baby as well: the nights are cold.';

/** More for a family that was awarded: an application for the difference, decided and paid like any. */
export function variation(town: () => Town): void {
  it(
    'begins at the award, and asks for the difference only',
    async () => {
      const worker = await town().at('caseworker');
      await worker.opens('/');
      await worker.follows(/^Grants/);
      await worker.follows(FAMILY);
      await worker.presses('Ask for more: top it up');
      await worker.reads('Say what is needed besides. A manager decides on the difference.');
      await saysTheNeed(worker, NEED);
      await asksFor(worker, { what: 'Clothing', words: 'A warm blanket', amount: '25' });
      await answersTheRest(worker);
      await worker.follows('Check your answers and hand them in');
      await worker.presses('Hand in and check');
      await worker.readsIn('Same need', 'Needs a person');
      await worker.follows('Write down what you found');
      await worker.isOn('What did you find?');
      await worker.types({ 'What you found, and why it does not stand in the way': 'It adds to the award.' });
      await worker.presses('Write it down');
      await worker.readsIn('Same need', 'Looked at');
      await recommends(worker, 'A small sum that saves a doctor.');
    },
    PATIENTLY,
  );

  it(
    'is decided as a difference, and paid',
    async () => {
      const manager = await town().at('manager');
      await findsWhatWaits(manager, FAMILY, `Decide: £25.00 for family ${FAMILY}`);
      await manager.reads('This adds to an award that was made before. Its amount is the difference.');
      await awards(manager);
      expect(await paysInAGrantsRun(town(), '2026-11-18', '£25.00')).toContain(`LEAD ${FAMILY}`);
    },
    PATIENTLY,
  );

  it(
    'stands in the fund and in the ledger, to the transfer',
    async () => {
      const finance = await town().at('finance');
      await finance.opens('/');
      await finance.follows(/^Money/);
      await finance.follows('Fund early-action');
      await finance.isOn(/^Fund early-action/);
      await finance.follows('Money');
      await finance.follows('Ledger');
      await finance.follows('Journal');
      await finance.reads('£25.00');
    },
    PATIENTLY,
  );
}
