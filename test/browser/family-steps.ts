import type { Person } from './person.ts';

/** Opens the link in a message, says that it is safe to look, and goes to what the family asked for. */
export async function comesByTheLink(phone: Person, link: string): Promise<void> {
  await phone.opens(link);
  await saysItIsSafe(phone);
  await phone.follows('What you asked us for');
}

export async function saysItIsSafe(phone: Person): Promise<void> {
  await phone.isOn('Is it safe to look at this page now?');
  await phone.presses('Yes, show me my page');
  await phone.reads('What you asked us for');
}
