import { type LineToShow, writeCamt053 } from '../../src/demo/statement-file.ts';
import { addDays, type PlainDate } from '../../src/kernel/index.ts';
import type { TestHouse } from './test-house.ts';

/** The paying account of the test councils, as a bank writes it. */
export const ACCOUNT = '00009912345678';

/** A file that was sent, as a bank would see it. */
export interface SentFile {
  readonly id: string;
  readonly runId: string;
  readonly serial: string;
  readonly total: string;
  readonly entryDay: PlainDate;
}

/** Finds the files a council sent, oldest first. */
export async function sentFiles({ superuser, council }: TestHouse): Promise<SentFile[]> {
  const { rows } = await superuser.query<SentFile>(
    `select f.id, f.run_id as "runId", f.serial, f.total::numeric(14,2)::text as total, r.entry_day::text as "entryDay"
       from payments.export_file f join payments.run r on r.id = f.run_id where f.authority_id = $1 order by f.id`,
    [council.id],
  );
  return rows;
}

/** The line a bank shows for a file. */
export function lineOfFile(file: SentFile, changes: Partial<LineToShow> = {}): LineToShow {
  return { date: file.entryDay, direction: 'debit', amount: file.total, reference: `BACS ${file.serial}`, ...changes };
}

/** Writes a statement of the test councils' account over the days of its lines. */
export function statementOf(sequence: number, opening: string, lines: readonly LineToShow[], from?: PlainDate): Buffer {
  const days = lines.map((line) => line.date).toSorted();
  const first = from ?? days[0] ?? ('2026-11-26' as PlainDate);
  const to = days.at(-1) ?? addDays(first, 1);
  const facts = { reference: `ST-${sequence}`, sequence, account: ACCOUNT, from: first, to, opening, lines };
  return Buffer.from(writeCamt053(facts));
}
