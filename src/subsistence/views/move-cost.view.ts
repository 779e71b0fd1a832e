import { Money } from '../../kernel/index.ts';
import { composeAttempt, composing, letterPrice, smsPrice } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { isMoved } from './move-counts.view.ts';
import type { MovedFamily } from './move-preview.view.ts';

/** What telling the families of a move costs, when the first way reaches each of them. */
export interface TellingCost {
  readonly sms: number;
  readonly parts: number;
  readonly smsPrice: Money;
  readonly emails: number;
  readonly letters: number;
  readonly letterPrice: Money;
}

/** Works out what telling the families of a move costs: every text message is written, and none is sent. */
export async function tellingCost(tx: Transaction, families: readonly MovedFamily[]): Promise<TellingCost> {
  const moved = families.filter(isMoved);
  const by = (way: string): MovedFamily[] => moved.filter(({ told }) => told?.way === way);
  const bySms = by('sms');
  const help = await composing(
    tx,
    bySms.map(({ reach }) => reach),
  );
  const parts = bySms.map(({ familyId, facts, reach }) =>
    facts ? (composeAttempt('sms', { id: '0', familyId, facts }, reach, help).parts ?? 1) : 0,
  );
  const total = parts.reduce((sum, each) => sum + each, 0);
  const letters = by('letter').length;
  return {
    ...{ sms: bySms.length, parts: total, smsPrice: smsPrice(total), emails: by('email').length, letters },
    letterPrice: letterPrice(letters, help.policy.postage),
  };
}

/** Adds up what telling costs. */
export function totalCost(cost: TellingCost): Money {
  return Money.sum([cost.smsPrice, cost.letterPrice]);
}
