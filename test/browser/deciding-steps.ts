import type { Person } from './person.ts';

const FAMILY_IS_TOLD = 'Reasons, in words the family understands';

/** Finds a grant among what waits, from the start page. */
export async function findsWhatWaits(
  manager: Person,
  family: string,
  title: string | RegExp,
  kind?: string,
): Promise<void> {
  await manager.opens('/');
  await manager.follows(/^Waiting/);
  await manager.isOn('Waiting for a decision');
  await manager.follows(new RegExp(`^${family}`), kind);
  await manager.isOn(title);
}

export async function hasNoInterest(manager: Person): Promise<void> {
  await manager.chooses('No', /^First: do you know the family/);
}

/** Awards what is asked, or less of some of it. @param less amounts by what they are for */
export async function awards(manager: Person, less: Readonly<Record<string, string>> = {}, reason = ''): Promise<void> {
  await hasNoInterest(manager);
  await manager.types(less);
  await manager.chooses('Award these amounts');
  if (reason) await manager.types({ [FAMILY_IS_TOLD]: reason });
  await manager.presses('Decide');
  await manager.reads('The award is made, and its money is reserved.', 'Awarded');
}

/** Refuses with everything the letter needs. */
export async function declines(
  manager: Person,
  { reason, wouldChange, elsewhere }: Record<'reason' | 'wouldChange' | 'elsewhere', string>,
): Promise<void> {
  await hasNoInterest(manager);
  await manager.chooses('Decline');
  await manager.types({ [FAMILY_IS_TOLD]: reason, 'What would change the answer': wouldChange });
  await manager.chooses(elsewhere);
  await manager.presses('Decide');
  await manager.reads('The application is declined, with your reasons.');
}
