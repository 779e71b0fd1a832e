import { type LimitKind, limitsHeld, noDelegatedLimit } from '../../identity/index.ts';
import type { DomainError, PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import {
  aboveFamilyLimit,
  aboveLimit,
  alreadySigned,
  notYourSignature,
  ownProposal,
  workedOnIt,
} from '../approval-problems.ts';
import { conflictDeclared, standInNotInForce } from '../approval-rule-problems.ts';
import type { Hindrance, WaitingRequest } from '../domain/ways-to-sign.ts';
import { whoCanSignThese } from '../views/who-can.view.ts';

/** Explains to somebody why they cannot sign a request, and who can. */
export async function refusalFor(
  tx: Transaction,
  kind: LimitKind,
  decider: string,
  hindrance: Hindrance | 'nothing held',
  request: WaitingRequest,
): Promise<DomainError> {
  if (hindrance === 'proposed') return ownProposal('You proposed this yourself.');
  if (hindrance === 'touched') return workedOnIt('You had a part in what this is about.');
  if (hindrance === 'conflict') return conflictDeclared('It is on record, yours or that of whom you stand in for.');
  if (hindrance === 'signed')
    return alreadySigned('Your signature is on it, or one in the name of whom you stand in for.');
  const lapsed = await lapsedStandIn(tx, kind, decider, request);
  if (lapsed) return standInNotInForce(lapsed);
  if (hindrance === 'nothing held') return noDelegatedLimit(`None of your roles has a limit for ${kind}.`);
  const able = (await whoCanSignThese(tx, kind, [request])).get(request.id) ?? [];
  const who = able.length > 0 ? `Who can: ${able.map((way) => way.name).join('; ')}.` : 'Nobody else can today.';
  if (hindrance === 'role') return notYourSignature(`None of your roles is one that still has to sign. ${who}`);
  if (hindrance === 'family-limit')
    return aboveFamilyLimit(`With what the family was given, it is more than your limit. ${who}`);
  return aboveLimit(`The amount is more than your limit. ${who}`);
}

/** Says since or until when somebody does not stand in, where they would be covered if they did. */
async function lapsedStandIn(
  tx: Transaction,
  kind: LimitKind,
  decider: string,
  { amount }: WaitingRequest,
): Promise<string | undefined> {
  const rows = await tx.query<{ personId: string; firstDay: PlainDate; lastDay: PlainDate; endedOn: PlainDate | null }>(
    `select person_id as "personId", first_day as "firstDay", last_day as "lastDay", ended_on as "endedOn" from approvals.stand_in
      where stand_in_id = $1 and last_day > kernel.today() - 92 order by id desc limit 20`,
    [decider],
  );
  const held = await limitsHeld(
    tx,
    kind,
    rows.map((row) => row.personId),
  );
  for (const { personId, firstDay, lastDay, endedOn } of rows) {
    const limit = held.find((one) => one.personId === personId && one.upTo.compare(amount) >= 0);
    if (!limit) continue;
    if (!endedOn && firstDay > tx.today) return `You stand in for ${limit.name} from ${firstDay} on, not before.`;
    if (endedOn || lastDay < tx.today) return `You stood in for ${limit.name} up to ${endedOn ?? lastDay}.`;
  }
  return undefined;
}
