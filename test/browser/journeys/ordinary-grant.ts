import {
  addsAFile,
  answersTheRest,
  asksFor,
  putsForward,
  saysTheNeed,
  startsAnApplication,
} from '../application-steps.ts';
import { awards, findsWhatWaits } from '../deciding-steps.ts';
import { comesByTheLink } from '../family-steps.ts';
import { paysInAGrantsRun } from '../paying-steps.ts';
import { A_PDF } from '../../support/partners-guard-scene.ts';
import { PATIENTLY } from '../patience.ts';
import type { Person } from '../person.ts';
import type { Town } from '../town.ts';

const FAMILY = 'N-101';
const MOBILE = '07700900101';
const NEED = 'The rent is two weeks behind, and the landlord has served notice.';

/** An ordinary grant: asked for, decided, told, paid. */
export function ordinaryGrant(town: () => Town): void {
  let phone: Person;

  it(
    'is asked for by a worker, question by question, with a file that shows the need',
    async () => {
      await town().family(FAMILY, { mobile: MOBILE });
      const worker = await town().at('caseworker');
      await startsAnApplication(worker, FAMILY);
      await saysTheNeed(worker, NEED);
      await asksFor(
        worker,
        { what: 'Rent arrears', words: 'Two weeks of rent', amount: '240' },
        { what: 'Nappies and formula', amount: '60', instalments: { many: '3', first: '2026-11-18' } },
      );
      await answersTheRest(worker);
      await addsAFile(worker, { name: 'Notice to leave.pdf', mimeType: 'application/pdf', buffer: A_PDF });
      await putsForward(worker, NEED, 'Paying the arrears now costs less than an eviction.');
    },
    PATIENTLY,
  );

  it(
    'is decided by a manager, who awards less of one item and says why',
    async () => {
      const manager = await town().at('manager');
      await findsWhatWaits(manager, FAMILY, 'Decide: £300.00 for family N-101');
      await manager.reads(
        NEED,
        'Paying the arrears now costs less than an eviction. (caseworker)',
        '£5,000.00 available',
      );
      await awards(manager, { 'Two weeks of rent': '200' }, 'The landlord agreed to take £200.');
      await manager.reads('£260.00', '£4,740.00');
    },
    PATIENTLY,
  );

  it(
    'is told to the family by a message to its telephone, which opens its own page',
    async () => {
      phone = await town().phone(FAMILY);
      await comesByTheLink(phone, await town().linkSentTo(MOBILE));
      await phone.readsIn('Two weeks of rent', '£260.00', 'Planned');
      await phone.follows('Read the letter', 'Two weeks of rent');
      await phone.reads('The landlord agreed to take £200.');
      await phone.presses('I have seen this');
      await phone.reads(/^✓ You told us on/);
    },
    PATIENTLY,
  );

  it(
    'is paid by three people, and stands in the bank file, the application and the family’s page',
    async () => {
      const file = await paysInAGrantsRun(town(), '2026-11-20', '£220.00');
      expect(file.match(/LEAD N-101/g)).toHaveLength(2);
      const worker = await town().at('caseworker');
      await worker.opens('/');
      await worker.follows(/^Grants/);
      await worker.follows(FAMILY);
      await worker.readsIn(/16 Nov 2026\s*Two weeks of rent/, 'Paid', '£200.00');
      await phone.follows('My letters');
      await phone.follows('Back to your page');
      await phone.follows('What you asked us for');
      await phone.readsIn('Two weeks of rent', 'Sent');
    },
    PATIENTLY,
  );
}
