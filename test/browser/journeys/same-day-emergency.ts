import { answersTheRest, asksFor, putsForward, saysTheNeed, startsAnApplication } from '../application-steps.ts';
import { awards, findsWhatWaits } from '../deciding-steps.ts';
import { comesByTheLink } from '../family-steps.ts';
import { PATIENTLY } from '../patience.ts';
import { runsThrough } from '../paying-steps.ts';
import type { Town } from '../town.ts';

const FAMILY = 'N-103';
const MOBILE = '07700900103';
const NEED = 'The electricity meter is empty, with a baby in the house.';

/** A same-day emergency, by people on telephones without scripts: asked for, decided, sent today, looked at again. */
export function sameDayEmergency(town: () => Town): void {
  it(
    'is asked for from a family’s home, and says why it cannot wait',
    async () => {
      await town().family(FAMILY, { mobile: MOBILE });
      const worker = await town().onTheWay('caseworker');
      await startsAnApplication(worker, FAMILY);
      await saysTheNeed(worker, NEED);
      await asksFor(worker, { what: 'Gas, electricity or water', words: 'Electricity', amount: '80' });
      await answersTheRest(worker, { today: 'There is no heating tonight.' });
      await putsForward(worker, NEED, 'Pay it today.');
      await worker.reads('There is no heating tonight.');
    },
    PATIENTLY,
  );

  it(
    'is decided within the limit for emergencies, and says that it is one',
    async () => {
      const manager = await town().onTheWay('manager');
      await findsWhatWaits(manager, FAMILY, /^Decide: £80.00 for family N-103/);
      await manager.reads('It must be paid today: There is no heating tonight.');
      await awards(manager);
      await manager.reads(/^Another manager looks at it again by 17 November 2026/);
    },
    PATIENTLY,
  );

  it(
    'is sent the same day in a run of its own, as a Faster Payments file',
    async () => {
      const finance = await town().onTheWay('finance');
      await finance.opens('/');
      await finance.follows(/^Grants/);
      await finance.follows(FAMILY);
      await finance.presses('Pay it today');
      await finance.isOn('Pay this award today?');
      await finance.presses('Open the run');
      const file = await runsThrough(town(), finance, '£80.00');
      expect(file).toContain('LEAD N-103');
      expect(file).toContain('80.00');
    },
    PATIENTLY,
  );

  it(
    'reaches the family, and another manager looks at it again',
    async () => {
      const phone = await town().phone(FAMILY, { scripts: false });
      await comesByTheLink(phone, await town().linkSentTo(MOBILE));
      await phone.readsIn('Electricity', '£80.00', 'Sent');
      const senior = await town().onTheWay('manager2');
      await senior.opens('/');
      await senior.follows(/^Grants/);
      await senior.follows('second looks');
      await senior.follows(FAMILY);
      await senior.isOn('Look again at what was paid the same day');
      await senior.chooses('Yes', 'Would you have approved it?');
      await senior.types({ 'What you found': 'A baby without heating. The meter’s receipt is there.' });
      await senior.presses('Write it down');
      await senior.reads(/^Looked at again by manager2: agreed/);
    },
    PATIENTLY,
  );
}
