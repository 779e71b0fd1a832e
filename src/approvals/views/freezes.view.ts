import type { LimitKind } from '../../identity/index.ts';
import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** A period in which approvals of some kinds are closed. */
export interface Freeze {
  readonly id: string;
  readonly firstDay: PlainDate;
  readonly lastDay: PlainDate;
  readonly kinds: readonly LimitKind[];
  readonly reason: string;
  readonly setBy: string;
  readonly liftedBy: string | null;
  readonly liftedBecause: string | null;
  readonly standing: 'in force' | 'to come' | 'over' | 'lifted';
}

/** Lists the periods in which approvals are or were closed, the newest first. */
export function listFreezes(tx: Transaction): Promise<Freeze[]> {
  return tx.query(
    `select id, first_day as "firstDay", last_day as "lastDay", kinds, reason, set_by as "setBy", lifted_by as "liftedBy",
            lifted_because as "liftedBecause",
            case when lifted_at is not null then 'lifted' when first_day > kernel.today() then 'to come'
                 when last_day < kernel.today() then 'over' else 'in force' end as standing
       from approvals.freeze_period order by first_day desc, id desc limit 200`,
  );
}

/** Finds the periods in force today that close some kind for approvals. Kinds that stay open in an emergency are none. */
export async function closedToday(tx: Transaction): Promise<Map<LimitKind, Freeze>> {
  const open = await tx.query<{ kind: LimitKind }>(`select kind from approvals.kind where open_in_freeze`);
  const always = new Set(open.map(({ kind }) => kind));
  const inForce = (await listFreezes(tx)).filter(({ standing }) => standing === 'in force');
  return new Map(
    inForce.flatMap((freeze) =>
      freeze.kinds.filter((kind) => !always.has(kind)).map((kind) => [kind, freeze] as const),
    ),
  );
}
