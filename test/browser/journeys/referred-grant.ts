import { A_PDF } from '../../support/partners-guard-scene.ts';
import { answersTheRest, asksFor, putsForward } from '../application-steps.ts';
import { awards, findsWhatWaits } from '../deciding-steps.ts';
import { comesByTheLink } from '../family-steps.ts';
import { paysInAGrantsRun } from '../paying-steps.ts';
import { PATIENTLY } from '../patience.ts';
import type { Town } from '../town.ts';

const FAMILY = 'N-102';
const MOBILE = '07700900102';
const NEED = 'There is nothing to sleep on: the children share the sofa.';

/** A referred grant: an agency refers with the family's consent, a worker takes it up, the agency hears how it ended. */
export function referredGrant(town: () => Town): void {
  it(
    'begins with a partner agency, which has the family’s consent and sends a file along',
    async () => {
      const partner = await town().at('partner');
      await partner.presses('Refer a family');
      await partner.isOn('Refer a family');
      await partner.presses('Begin');
      await partner.types({ 'Full name of the parent you speak with': 'Lead of N-102' });
      await partner.types({ 'Postcode, if they have one': 'NR2 2BB', 'Their children': 'Samba, 4, and Awa, 7' });
      await partner.types({ 'How does the council reach them safely?': 'Call 07700 900102 in the morning' });
      await partner.presses('Save and continue');
      await partner.chooses('Yes', /^Did the family agree that you tell/);
      await partner.types({ 'Who agreed?': 'Lead of N-102' });
      await partner.chooses('In person', 'How?');
      await partner.writesDay('When?', '2026-11-15');
      await partner.chooses('Yes', /^Did they agree that you hear/);
      await partner.presses('Save and continue');
      await partner.chooses('Bed, bedding and mattress');
      await partner.types({ 'What do they need it for?': NEED });
      await partner.presses('Save and continue');
      await partner.types({ 'Your analysis': 'I saw the room. The children are tired at school.' });
      await partner.presses('Save and continue');
      await partner.isOn('Check before you refer the family');
      await partner.reads('Lead of N-102, in person, on 15 November 2026', NEED);
      await partner.presses('Send to the council');
      await partner.reads('The council has it. A worker will look at it.');
      await partner.attaches('Add a file', { name: 'The room.pdf', mimeType: 'application/pdf', buffer: A_PDF });
      await partner.presses('Add this file');
      await partner.reads('The room.pdf');
    },
    PATIENTLY,
  );

  it(
    'is taken up by a worker for a family that the council knows',
    async () => {
      await town().family(FAMILY, { mobile: MOBILE });
      const worker = await town().at('caseworker');
      await worker.opens('/');
      await worker.follows(/^Grants/);
      await worker.follows('ask for grants too');
      await worker.follows('Lead of N-102');
      await worker.isOn('Referral of Lead of N-102 by Northtown Advice');
      await worker.reads(NEED, 'I saw the room. The children are tired at school.', 'The room.pdf');
      await worker.chooses('N-102, Lead of N-102');
      await worker.chooses('Fund early-action');
      await worker.presses('Take it up');
      await worker.isOn('Application for family N-102');
      await worker.reads('Referred by Northtown Advice on 16 November 2026.');
      await asksFor(worker, { what: 'Clothing', words: 'Warm blankets', amount: '40' });
      await answersTheRest(worker);
      await putsForward(worker, NEED, 'Beds for both, as the agency says.');
    },
    PATIENTLY,
  );

  it(
    'is decided with the agency’s words in view, and paid',
    async () => {
      const manager = await town().at('manager');
      await findsWhatWaits(manager, FAMILY, /^Decide: £220.00 for family N-102/);
      await manager.reads('Referred by Northtown Advice on 16 November 2026.', 'The room.pdf');
      await awards(manager);
      expect(await paysInAGrantsRun(town(), '2026-11-23', '£220.00')).toContain('LEAD N-102');
    },
    PATIENTLY,
  );

  it(
    'is known to the agency as helped, and to the family in full',
    async () => {
      const partner = await town().at('partner');
      await partner.opens('/');
      await partner.readsIn('Lead of N-102', 'Decided');
      await partner.follows('Lead of N-102');
      await partner.reads('The family agreed that you hear: it was helped.');
      await partner.readsNothingOf('£220', '£180');
      const phone = await town().phone(FAMILY);
      await comesByTheLink(phone, await town().linkSentTo(MOBILE));
      await phone.readsIn('Bed, bedding and mattress', '£220.00', 'Sent');
    },
    PATIENTLY,
  );
}
