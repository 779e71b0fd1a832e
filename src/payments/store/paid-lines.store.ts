import type { PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** A line with nothing to pay that says something about earlier payments. */
const FINDING = `(status = 'held' and hold_code = 'nothing-due' and overpaid_sevenths + withdrawn_sevenths > 0)`;
/** A line that counts once its run is posted: paid, or a finding. */
const POSTED = `(status = 'payable' or ${FINDING})`;

/** The last payable line of a source, in whatever run. */
export interface LastLine {
  readonly sourceId: string;
  readonly lineId: string;
  readonly coversTo: PlainDate;
  readonly correction: number;
  readonly amount: string;
  readonly instrumentId: string;
  readonly owedSevenths: string;
  readonly carrySevenths: number;
  /** The digest the pricing room gave it, or gave a finding posted after it. */
  readonly standing: string;
  /** True when its run is posted; false while that run is still open. */
  readonly isPosted: boolean;
}

/** Finds how far each source has been paid. Sources never paid are absent. */
export async function lastLines(tx: Transaction, sourceIds: readonly string[]): Promise<LastLine[]> {
  const lines = await tx.query<LastLine>(
    `select s.source_id as "sourceId", l.id as "lineId", l.covers_to as "coversTo", l.correction, l.amount,
            l.instrument_id as "instrumentId", l.owed_sevenths as "owedSevenths",
            l.carry_sevenths as "carrySevenths", l.standing,
            l.run_id in (select id from payments.run where state in ('posted', 'exported')) as "isPosted"
       from unnest($1::bigint[]) as s(source_id)
       cross join lateral (select id, run_id, covers_to, correction, amount, instrument_id, owed_sevenths, carry_sevenths, standing from payments.line
                            where source_id = s.source_id and status = 'payable' order by covers_from desc, correction desc limit 1) l`,
    [sourceIds],
  );
  const findings = await lastFindings(tx, sourceIds);
  return findings.size === 0 ? lines : lines.map((line) => standingSince(line, findings.get(line.sourceId)));
}

interface Finding {
  readonly sourceId: string;
  readonly lineId: string;
  readonly standing: string;
}

/** Finds what posted runs found about sources without paying anything: few, by an index of their own. */
async function lastFindings(tx: Transaction, sourceIds: readonly string[]): Promise<Map<string, Finding>> {
  const rows = await tx.query<Finding>(
    `select distinct on (source_id) source_id as "sourceId", id as "lineId", standing from payments.line
      where source_id = any ($1::bigint[]) and ${FINDING}
        and run_id in (select id from payments.run where state in ('posted', 'exported'))
      order by source_id, id desc`,
    [sourceIds],
  );
  return new Map(rows.map((row) => [row.sourceId, row]));
}

/** A finding posted since the last payment says what each thing was worth by then. */
function standingSince(line: LastLine, finding: Finding | undefined): LastLine {
  return finding && BigInt(finding.lineId) > BigInt(line.lineId) ? { ...line, standing: finding.standing } : line;
}

/** What a posted run made of a source: paid days, or only found that too much had been paid before (`isPaid` false). */
export interface PostedExplanation<T> {
  readonly isPaid: boolean;
  readonly explanation: T;
}

/** Reads the explanations of everything ever posted for one source, oldest first. */
export function postedExplanations<T>(tx: Transaction, sourceId: string): Promise<PostedExplanation<T>[]> {
  return tx.query(
    `select l.status = 'payable' as "isPaid", l.explanation from payments.line l join payments.run r on r.id = l.run_id
      where l.source_id = $1 and r.state in ('posted', 'exported') and ${POSTED} order by l.id`,
    [sourceId],
  );
}

/** Lists the sources a posted run paid. */
export async function runSources(tx: Transaction, runId: string): Promise<string[]> {
  const rows = await tx.query<{ source_id: string }>(
    `select source_id from payments.line where run_id = $1 and status = 'payable'`,
    [runId],
  );
  return rows.map((row) => row.source_id);
}

/** Lists the lines of a run that found, or took back, that their families had been paid too much before. */
export function overpaidLines(
  tx: Transaction,
  runId: string,
): Promise<{ sourceId: string; lineId: string; overpaidSevenths: string; withdrawnSevenths: string }[]> {
  return tx.query(
    `select source_id as "sourceId", id as "lineId", overpaid_sevenths as "overpaidSevenths",
            withdrawn_sevenths as "withdrawnSevenths" from payments.line
      where run_id = $1 and ${POSTED} and (overpaid_sevenths > 0 or withdrawn_sevenths > 0)
      order by id`,
    [runId],
  );
}

/** Reads posted lines of section 17 a page at a time, oldest first, for recomputing them. */
export function postedLines<T>(
  tx: Transaction,
  after: string,
  limit: number,
): Promise<{ id: string; amount: string; coversFrom: PlainDate; coversTo: PlainDate; explanation: T }[]> {
  return tx.query(
    `select l.id, l.amount::numeric(14,2)::text as amount, l.covers_from as "coversFrom", l.covers_to as "coversTo", l.explanation
       from payments.line l join payments.run r on r.id = l.run_id
      where l.id > $1 and l.status = 'payable' and r.kind = 'section-17' and r.state in ('posted', 'exported') order by l.id limit $2`,
    [after, limit],
  );
}
