import { Money } from '../../kernel/index.ts';
import { exactPounds } from './entitlement/payment-of.ts';
import type { BackDated } from './explanation.ts';

/** What is put right: money a family was paid too little for earlier days, or a payment that never arrived. */
export const putRightKinds = ['underpaid', 'not-arrived'] as const;
/** One of those. */
export type PutRightKind = (typeof putRightKinds)[number];

/**
 * Takes from what a family is owed for earlier days what can be paid today: whole pennies. The fraction that is left stays with
 * the last item, and the next run finds it as before.
 * @returns the arrears, item by item, and what they come to
 */
export function payableArrears(backDated: readonly BackDated[]): { arrears: BackDated[]; amount: Money } {
  const owed = backDated.filter(({ kind }) => kind === 'arrears');
  const whole = owed.reduce((sum, each) => sum + BigInt(each.sevenths), 0n) / 7n;
  let rest = whole * 7n;
  const arrears = owed.flatMap((each): BackDated[] => {
    const sevenths = BigInt(each.sevenths) < rest ? BigInt(each.sevenths) : rest;
    rest -= sevenths;
    return sevenths > 0n ? [{ ...each, sevenths: sevenths.toString(), amount: exactPounds(sevenths) }] : [];
  });
  return { arrears, amount: Money.fromPence(whole) };
}
