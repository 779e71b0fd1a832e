import { type LimitKind, noDelegatedLimit } from '../../identity/index.ts';
import { personActing } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { chooseWay, type Hindrance } from '../domain/ways-to-sign.ts';
import { givenTo } from '../store/given.store.ts';
import { readRequests } from '../store/waiting-request.store.ts';
import { waysOf } from './ways.view.ts';

/** Whether the person acting can sign something, or what hinders them. */
export type Outlook = 'possible' | Hindrance | 'nothing held';

/** Tells the person acting, before they decide many things at once, which of them they can sign. @throws no_delegated_limit */
export async function outlookOn(
  tx: Transaction,
  kind: LimitKind,
  requests: readonly { readonly id: string }[],
): Promise<Map<string, Outlook>> {
  const ways = await waysOf(tx, personActing(tx.actor), kind);
  if (ways.length === 0) throw noDelegatedLimit(`None of your roles has a limit for ${kind}.`);
  const read = await readRequests(
    tx,
    kind,
    requests.map(({ id }) => id),
  );
  const given = await givenTo(tx, kind, [...read.values()], ways);
  return new Map(
    [...read.values()].map((request) => {
      const way = chooseWay(ways, request, given);
      return [request.id, typeof way === 'string' ? way : 'possible'];
    }),
  );
}
