import type { ApplicationContent } from './grant-application.ts';

const SAID = {
  ...{ need: 'the need', childNeed: 'what it means for the child', identitySeen: 'whose identity was seen' },
  ...{ conflict: 'the conflict of interest', conflictWords: 'the conflict of interest', fundId: 'the fund' },
  ...{ emergencyReason: 'why it cannot wait', recommendation: 'the recommendation' },
} as const;

/**
 * Names what of an application changed, for a manager who decides on one they saw before: items with their amounts, and
 * which answers, without their words.
 */
export function whatChanged(before: ApplicationContent, now: ApplicationContent): string[] {
  const words = (Object.keys(SAID) as (keyof typeof SAID)[]).filter((key) => before[key] !== now[key]);
  const was = keyed(before.items);
  const is = keyed(now.items);
  const items = [...is].flatMap(([key, item]) => {
    const old = was.get(key);
    if (!old) return [`“${item.description}” of £${item.amount} was added`];
    if (old.amount !== item.amount) return [`“${item.description}” was £${old.amount} and is £${item.amount}`];
    return isSame(old, item) ? [] : [`how “${item.description}” is paid`];
  });
  const gone = [...was].filter(([key]) => !is.has(key));
  const taken = gone.map(([, { description, amount }]) => `“${description}” of £${amount} was taken out`);
  return [...taken, ...items, ...new Set(words.map((key) => SAID[key]))];
}

type Item = ApplicationContent['items'][number];

/** Items by what they are, the first and the second of a kind apart: a change of any writes all of them anew. */
function keyed(items: readonly Item[]): Map<string, Item> {
  const times = new Map<string, number>();
  return new Map(
    items.map((item) => {
      const kind = `${item.code} ${item.description}`;
      const n = (times.get(kind) ?? 0) + 1;
      times.set(kind, n);
      return [`${kind} ${n}`, item];
    }),
  );
}

function isSame(one: Item, other: Item): boolean {
  const paid = ({ instrumentId, firstDue, instalments, everyDays }: Item): unknown[] => [
    ...[instrumentId, firstDue, instalments, everyDays],
  ];
  return JSON.stringify(paid(one)) === JSON.stringify(paid(other));
}
