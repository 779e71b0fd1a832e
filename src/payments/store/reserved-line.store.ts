import { kindsBesideAccounts } from '../../families/index.ts';
import type { Money, PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type RailName, railsFor } from '../rails/rail-names.ts';

/** A line that is paid from a reservation made before the run: an instalment of an award. */
export interface ReservedLine {
  readonly sourceId: string;
  readonly familyId: string;
  readonly instrumentId: string | null;
  readonly fundId: string;
  readonly dueOn: PlainDate;
  readonly amount: Money;
  readonly reservedBy: string;
  readonly leg: number;
  /** Why it is held; null when it is payable. */
  readonly holdCode: string | null;
  readonly explanation: object;
}

/** Writes such lines in one statement, each by the rail of its payee's details: the same day by Faster Payments. A line a person holds in this run stays held when the run is priced again. */
export async function insertReservedLines(
  tx: Transaction,
  runId: string,
  lines: readonly ReservedLine[],
  isSameDay = false,
): Promise<void> {
  const kinds = await kindsBesideAccounts(
    tx,
    lines.map((line) => line.instrumentId),
  );
  const railOf = ({ instrumentId }: ReservedLine): RailName | undefined => {
    const ways = railsFor(kinds.get(instrumentId ?? ''));
    return isSameDay && ways.includes('faster-payments') ? 'faster-payments' : ways[0];
  };
  await tx.query(
    `insert into payments.line (authority_id, run_id, source_id, family_id, instrument_id, fund_id, covers_from, covers_to,
       amount, owed_sevenths, carry_sevenths, status, hold_code, reserved_by, reserved_leg, rail, explanation, input_fingerprint)
     select $1, $2, l."sourceId", l."familyId", l."instrumentId", l."fundId", l."dueOn", l."dueOn" + 1, l.amount,
            l.amount * 700, 0, case when coalesce(l."holdCode", h.category) is null then 'payable' else 'held' end,
            coalesce(l."holdCode", h.category), l."reservedBy", l.leg, l.rail, l.explanation::json, sha256(convert_to(l.explanation::text, 'UTF8'))
       from jsonb_to_recordset($3::jsonb) as l("sourceId" bigint, "familyId" bigint, "instrumentId" bigint, "fundId" bigint,
              "dueOn" date, amount kernel.gbp, "reservedBy" bigint, leg smallint, "holdCode" text, rail text, explanation jsonb)
       left join payments.hold h on h.run_id = $2 and h.source_id = l."sourceId" and h.released_at is null`,
    [tx.actor.authorityId, runId, JSON.stringify(lines.map((line) => ({ ...line, rail: railOf(line) })))],
  );
}

/** Says which of some sources stand on a payable line already, in whatever run. */
export async function sourcesOnLines(tx: Transaction, sourceIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select source_id as id from payments.line where source_id = any ($1::bigint[]) and status = 'payable'`,
    [sourceIds],
  );
  return new Set(rows.map((row) => row.id));
}
