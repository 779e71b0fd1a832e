import type { PlainDate } from '../../src/kernel/index.ts';
import { Drafts } from '../../src/platform/index.ts';
import { AddBankHoliday, SendCalendar } from '../../src/subsistence/index.ts';
import { workOff } from './outbox-by-hand.ts';
import type { TestHouse } from './test-house.ts';

const reason = 'Announced by the Prime Minister on 3 December';

/** Begins what people do about days: one bank holiday entered, another half entered, this quarter's calendar sent. */
export async function datesScene({ app, council }: TestHouse): Promise<void> {
  const { administrator, finance } = council.actors;
  const holiday = { division: 'england-and-wales', day: '2026-12-31' as PlainDate, title: 'A day of thanks' } as const;
  await app.get(AddBankHoliday).run(administrator, { ...holiday, reason });
  const another = { ...holiday, day: '2026-12-17' as PlainDate, title: 'State funeral', reason };
  await app
    .get(Drafts)
    .keep(administrator, 'bank-holidays/new', { ...another, apology: 'We are sorry: we heard of it only today.' });
  await app.get(SendCalendar).run(finance, '2026-10-01' as PlainDate);
  await workOff(app, council.id);
}
