import { Money, type PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** A line to be written while its run is priced: what one source (a support plan) is paid for which days, and why. */
export interface NewLine {
  readonly sourceId: string;
  readonly familyId: string;
  readonly instrumentId: string | null;
  readonly fundId: string;
  readonly coversFrom: PlainDate;
  readonly coversTo: PlainDate;
  /** 0 when it pays days; else which correction after the source's last paid day it is. */
  readonly correction: number;
  readonly amount: Money;
  /** Exact entitlement from the start of the source up to `coversTo`, in sevenths of a penny. */
  readonly owedSevenths: bigint;
  readonly carrySevenths: number;
  readonly overpaidSevenths: bigint;
  /** What is taken back, without paying, of an overpayment recorded before. */
  readonly withdrawnSevenths: bigint;
  /** Why it is held; null when it is payable. */
  readonly holdCode: string | null;
  readonly inputFingerprint: string;
  /** A digest for the pricing room, given back with the source's last line: what each thing was worth so far. */
  readonly standing: string;
  /** As JSON, on one line. */
  readonly explanation: string;
}

/** Writes lines in one statement. A line a person holds in this run stays held when the run is priced again. */
export async function insertLines(tx: Transaction, runId: string, lines: readonly NewLine[]): Promise<void> {
  const column = (pick: (line: NewLine) => string | number | bigint | null): string => plainArray(lines.map(pick));
  await tx.query(
    `insert into payments.line (authority_id, run_id, source_id, family_id, instrument_id, fund_id, covers_from, covers_to, correction,
       amount, owed_sevenths, carry_sevenths, overpaid_sevenths, withdrawn_sevenths, status, hold_code, input_fingerprint,
       standing, explanation)
     select $1, $2, l.source_id, l.family_id, l.instrument_id, l.fund_id, l.covers_from, l.covers_to, l.correction, l.amount,
            l.owed, l.carry, l.overpaid, l.withdrawn,
            case when coalesce(l.hold_code, h.category) is null then 'payable' else 'held' end, coalesce(l.hold_code, h.category),
            decode(l.fingerprint, 'hex'), l.standing, l.explanation::json
       from rows from (unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::date[], $8::date[], $9::numeric[],
                              $10::bigint[], $11::smallint[], $12::bigint[], $13::text[], $14::text[], $15::bigint[], $16::text[], $17::smallint[]),
                       string_to_table($18, e'\\n'))
            as l(source_id, family_id, instrument_id, fund_id, covers_from, covers_to, amount, owed, carry, overpaid, hold_code, fingerprint, withdrawn, standing,
                 correction, explanation)
       left join payments.hold h on h.run_id = $2 and h.source_id = l.source_id and h.released_at is null`,
    [
      ...[tx.actor.authorityId, runId],
      ...[column((l) => l.sourceId), column((l) => l.familyId), column((l) => l.instrumentId), column((l) => l.fundId)],
      ...[column((l) => l.coversFrom), column((l) => l.coversTo), column((l) => l.amount.toString())],
      ...[column((l) => l.owedSevenths), column((l) => l.carrySevenths), column((l) => l.overpaidSevenths)],
      ...[column((l) => l.holdCode), column((l) => l.inputFingerprint), column((l) => l.withdrawnSevenths)],
      ...[column((l) => l.standing), column((l) => l.correction)],
      // One text, cut at the ends of its lines: as one JSON it was read twice.
      lines.map((l) => l.explanation).join('\n'),
    ],
  );
}

/** Writes a Postgres array of values that need no quotes: numbers, days, codes, hexadecimal. @throws Error for others */
function plainArray(values: readonly (string | number | bigint | null)[]): string {
  const text = values.map((value) => (value === null ? 'NULL' : String(value))).join(',');
  if (!/^[A-Za-z0-9.,-]*$/.test(text)) throw new Error('a value of a line is no number, day, code or hexadecimal');
  return `{${text}}`;
}

/** Takes the lines of an earlier pricing (or of a cancelled run) out of force. They stay on record. */
export async function voidLines(tx: Transaction, runId: string): Promise<void> {
  await tx.query(`update payments.line set status = 'void', hold_code = null where run_id = $1 and status <> 'void'`, [
    runId,
  ]);
}

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
      where source_id = any ($1::bigint[]) and status = 'held' and hold_code = 'nothing-due'
        and overpaid_sevenths + withdrawn_sevenths > 0
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

/** A line that counts once its run is posted: paid, or with nothing to pay but a finding about earlier payments. */
const POSTED = `(status = 'payable' or (hold_code = 'nothing-due' and overpaid_sevenths + withdrawn_sevenths > 0))`;

/** What a run would pay as it stands: how many payable lines, how many held, and the sum of the payable. */
export interface RunCount {
  readonly n: number;
  readonly held: number;
  readonly total: Money;
}

/** The same with a fingerprint of exactly these lines. */
export interface RunContent extends RunCount {
  readonly fingerprint: Buffer;
}

const COUNT = `count(*) filter (where status = 'payable')::int as n, count(*) filter (where status = 'held')::int as held,
            coalesce(sum(amount) filter (where status = 'payable'), 0) as total`;

/** Counts and sums the lines of a run, in all and what each fund pays, in one look. */
export async function runCountByFund(
  tx: Transaction,
  runId: string,
): Promise<RunCount & { readonly byFund: readonly { fundId: string; amount: Money }[] }> {
  const rows = await tx.query<{ fundId: string; n: number; held: number; total: string }>(
    `select fund_id as "fundId", ${COUNT} from payments.line where run_id = $1 and status <> 'void' group by 1 order by 1`,
    [runId],
  );
  const byFund = rows.map(({ fundId, total }) => ({ fundId, amount: Money.gbp(total) }));
  return {
    n: rows.reduce((sum, row) => sum + row.n, 0),
    held: rows.reduce((sum, row) => sum + row.held, 0),
    total: Money.sum(byFund.map((each) => each.amount)),
    byFund: byFund.filter(({ amount }) => amount.isPositive()),
  };
}

/** Digests the payable lines of a run: what the approver sees is what is paid. */
export async function runContent(tx: Transaction, runId: string): Promise<RunContent> {
  // A whole council's lines are sorted in memory; the usual 4 MB would send them to disk and back.
  await tx.query(`select set_config('work_mem', '64MB', true)`);
  const row = await tx.one<{ n: number; held: number; total: string; fingerprint: Buffer }>(
    `select ${COUNT},
            sha256(convert_to(coalesce(string_agg((id, family_id, instrument_id, fund_id, amount, covers_from, covers_to)::text, ','
              order by id) filter (where status = 'payable'), ''), 'UTF8')) as fingerprint
       from payments.line where run_id = $1 and status <> 'void'`,
    [runId],
  );
  return { ...row, total: Money.gbp(row.total) };
}

/** Sums a run's payable lines by fund. */
export async function fundTotals(tx: Transaction, runId: string): Promise<{ fundId: string; amount: Money }[]> {
  const rows = await tx.query<{ fund_id: string; amount: string }>(
    `select fund_id, sum(amount) as amount from payments.line where run_id = $1 and status = 'payable' group by 1 order by 1`,
    [runId],
  );
  return rows.map((row) => ({ fundId: row.fund_id, amount: Money.gbp(row.amount) }));
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

/** Reads posted lines a page at a time, oldest first, for recomputing them. */
export function postedLines<T>(
  tx: Transaction,
  after: string,
  limit: number,
): Promise<{ id: string; amount: string; coversFrom: PlainDate; coversTo: PlainDate; explanation: T }[]> {
  return tx.query(
    `select l.id, l.amount::numeric(14,2)::text as amount, l.covers_from as "coversFrom", l.covers_to as "coversTo", l.explanation
       from payments.line l join payments.run r on r.id = l.run_id
      where l.id > $1 and l.status = 'payable' and r.state in ('posted', 'exported') order by l.id limit $2`,
    [after, limit],
  );
}
