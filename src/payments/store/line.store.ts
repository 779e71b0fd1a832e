import { kindsBesideAccounts } from '../../families/index.ts';
import type { Money, PlainDate } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type RailName, railsFor } from '../rails/rail-names.ts';

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
  /** The overpayment that it pays back a part of, and how much it is smaller by; null for nearly all. */
  readonly recovers: string | null;
  readonly recovered: string | null;
  /** Why it is held; null when it is payable. */
  readonly holdCode: string | null;
  readonly inputFingerprint: string;
  /** A digest for the pricing room, given back with the source's last line: what each thing was worth so far. */
  readonly standing: string;
  /** As JSON, on one line. */
  readonly explanation: string;
}

/** Writes lines in one statement. A line a person holds in this run stays held when the run is priced again. */
export async function insertLines(
  tx: Transaction,
  runId: string,
  lines: readonly NewLine[],
  isSameDay = false,
): Promise<void> {
  // By which rail: nearly all by the usual one.
  const kinds = await kindsBesideAccounts(
    tx,
    lines.map((line) => line.instrumentId),
  );
  const column = (pick: (line: NewLine) => string | number | bigint | null): string => plainArray(lines.map(pick));
  await tx.query(
    `insert into payments.line (authority_id, run_id, source_id, family_id, instrument_id, fund_id, covers_from, covers_to, correction,
       amount, owed_sevenths, carry_sevenths, overpaid_sevenths, withdrawn_sevenths, status, hold_code, input_fingerprint,
       standing, rail, recovers, recovered, explanation)
     select $1, $2, l.source_id, l.family_id, l.instrument_id, l.fund_id, l.covers_from, l.covers_to, l.correction, l.amount,
            l.owed, l.carry, l.overpaid, l.withdrawn,
            case when coalesce(l.hold_code, h.category) is null then 'payable' else 'held' end, coalesce(l.hold_code, h.category),
            decode(l.fingerprint, 'hex'), l.standing, l.rail, l.recovers, l.recovered, l.explanation::json
       from rows from (unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::date[], $8::date[], $9::numeric[],
                              $10::bigint[], $11::smallint[], $12::bigint[], $13::text[], $14::text[], $15::bigint[], $16::text[], $17::smallint[], $19::text[],
                              $20::bigint[], $21::numeric[]),
                       string_to_table($18, e'\\n'))
            as l(source_id, family_id, instrument_id, fund_id, covers_from, covers_to, amount, owed, carry, overpaid, hold_code, fingerprint, withdrawn, standing,
                 correction, rail, recovers, recovered, explanation)
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
      column((l) => railOf(railsFor(kinds.get(l.instrumentId ?? '')), isSameDay)),
      ...[column((l) => l.recovers), column((l) => l.recovered)],
    ],
  );
}

/** The usual rail; the same day an account is paid by Faster Payments. */
function railOf(ways: readonly RailName[], isSameDay: boolean): RailName | null {
  return isSameDay && ways.includes('faster-payments') ? 'faster-payments' : (ways[0] ?? null);
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
