import { directionOf, type FamilyGuest, ownNameOf, Voice } from '../../notices/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import { show, type View } from '../pages/index.ts';

/** Shows a family's page in its language: what stands on it is said by the voice. */
export function showTo(guest: FamilyGuest, template: string, data: Readonly<Record<string, unknown>> = {}): View {
  const { language, speaker } = guest;
  return show(`family/${template}`, {
    ...data,
    ...{ guest, voice: new Voice(language, speaker), direction: directionOf(language) },
    languages: guest.languages.map((code) => ({ code, name: ownNameOf(code), isChosen: code === language })),
  });
}

const LONDON = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });

/** The day of a moment, by the clocks of Britain. */
export function dayOf(at: Date | null | undefined): PlainDate | null {
  return at ? (LONDON.format(at) as PlainDate) : null;
}
