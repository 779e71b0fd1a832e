import { Money } from '../../kernel/index.ts';

/** How a stretch of a bar is filled: each has a pattern of its own, so that nobody has to tell colours apart. */
export type Fill = 'solid' | 'striped' | 'empty';

/** One bar of a chart: where each stretch begins and how long it is, in hundredths of the width. */
export interface Bar {
  readonly label: string;
  readonly value: Money;
  readonly stretches: readonly { readonly fill: Fill; readonly from: string; readonly width: string }[];
}

/** What a bar is made of. */
export interface BarOf {
  readonly label: string;
  readonly value: Money;
  readonly parts: readonly (readonly [Fill, Money])[];
}

const LONGEST_LABEL = 26;

/** Lays out bars beside each other at one scale: the longest fills the width. Nothing is drawn below nought. */
export function barsOf(rows: readonly BarOf[]): Bar[] {
  const drawn = rows.map(({ parts, ...row }) => ({
    ...row,
    parts: parts.map(([fill, amount]) => [fill, amount.isNegative() ? 0n : amount.toPence()] as const),
  }));
  const longest = drawn.reduce((most, { parts }) => bigger(most, sum(parts.map(([, pence]) => pence))), 0n);
  return drawn.map(({ label, value, parts }) => {
    let from = 0n;
    const stretches = parts.map(([fill, pence]) => {
      const stretch = { fill, from: hundredths(from, longest), width: hundredths(pence, longest) };
      from += pence;
      return stretch;
    });
    return { label: shortened(label), value, stretches: stretches.filter(({ width }) => width !== '0.00') };
  });
}

const sum = (all: readonly bigint[]): bigint => all.reduce((total, each) => total + each, 0n);
const bigger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

function hundredths(part: bigint, whole: bigint): string {
  const share = whole === 0n ? 0n : (part * 10_000n) / whole;
  return `${share / 100n}.${String(share % 100n).padStart(2, '0')}`;
}

/** A drawing cannot break a line; the table beside it has the whole name. */
function shortened(label: string): string {
  return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1).trimEnd()}…` : label;
}
