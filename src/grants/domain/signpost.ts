import { addDays, type PlainDate, type ProblemItem } from '../../kernel/index.ts';
import { categories } from './catalogue-defaults.ts';

/** Somebody else who helps families, as the council keeps it. */
export interface NewSignpost {
  readonly name: string;
  readonly does: string;
  readonly phone: string | null;
  readonly web: string | null;
  /** Where they help, in words; empty is everywhere. */
  readonly area: string;
  /** Categories of what families need; `any` is every need. */
  readonly needs: readonly string[];
}

/** The same, as it is kept. */
export interface Signpost extends NewSignpost {
  readonly id: string;
  readonly addedOn: PlainDate;
  readonly endedOn: PlainDate | null;
  readonly endedBecause: string | null;
  /** When somebody last looked up whether it is still right; null is never. */
  readonly checkedOn: PlainDate | null;
}

/** How long a council relies on what somebody looked up. */
export const SIGNPOST_FRESH_DAYS = 183;

/** Says, for whoever keeps the list, whether a signpost is to be looked up again: never checked, or half a year ago. */
export function isStale({ checkedOn }: Pick<Signpost, 'checkedOn'>, today: PlainDate): boolean {
  return checkedOn === null || addDays(checkedOn, SIGNPOST_FRESH_DAYS) < today;
}

/** Every need there can be help for. */
export const signpostNeeds: readonly string[] = ['any', ...Object.keys(categories)];

const PHONE = /^[+0-9][0-9 ]{2,19}$/;
const WEB = /^https?:\/\/\S{3,200}$/;

/** Says, for whoever keeps the list, what is wrong with a signpost. */
export function signpostFaults({ name, does, phone, web, needs }: NewSignpost): ProblemItem[] {
  const faults: ProblemItem[] = [];
  if (!name.trim()) faults.push({ field: 'name', reason: 'Say who helps.' });
  if (!does.trim()) faults.push({ field: 'does', reason: 'Say what they do, in words a family understands.' });
  if (phone && !PHONE.test(phone))
    faults.push({ field: 'phone', reason: 'Write a phone number in digits, such as 01632 960001.' });
  if (web && !WEB.test(web)) faults.push({ field: 'web', reason: 'Write an address that begins with https://.' });
  if (!phone && !web) faults.push({ field: 'phone', reason: 'Write a phone number or a web address.' });
  if (needs.length === 0 || needs.some((need) => !signpostNeeds.includes(need)))
    faults.push({ field: 'needs', reason: 'Choose what they help with.' });
  return faults;
}

/** Orders signposts for a decision: first those for what was asked for, then those for every need, then the others. */
export function suggested<S extends Pick<Signpost, 'needs'>>(
  signposts: readonly S[],
  asked: readonly string[],
): (S & { readonly isSuggested: boolean })[] {
  const rank = ({ needs }: S): number => {
    if (needs.some((need) => asked.includes(need))) return 0;
    return needs.includes('any') ? 1 : 2;
  };
  const ranked = signposts.map((signpost) => ({ ...signpost, isSuggested: rank(signpost) < 2, rank: rank(signpost) }));
  return ranked.toSorted((a, b) => a.rank - b.rank);
}

/** Says where somebody can be found, in one line of a letter. */
export function signpostLine({ name, does, phone, web, area }: NewSignpost): string {
  const sentence = does.trim().replace(/[.!]?$/, '.');
  const where = area ? ` In ${area}.` : '';
  return `${name}: ${sentence}${where}${phone ? ` Phone ${phone}.` : ''}${web ? ` ${web}` : ''}`;
}
