import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { sumsOfKinds } from '../../../ledger/index.ts';
import { FieldSeal, type Transaction } from '../../../platform/index.ts';
import { readStatementFile } from '../parse/read-statement-file.ts';
import type { StatementRead } from '../parse/statement-read.ts';
import { statementSealContext } from '../store/statement.store.ts';
import { threeWayProof } from './three-way.view.ts';

interface KeptFile {
  readonly id: string;
  readonly sha256: Buffer;
  readonly sealed: Buffer;
}

/** Proves bank statements for an auditor: each as the bank sent it, each match posted once, three books that tie. */
@Injectable()
export class VerifyStatements {
  constructor(private readonly seal: FieldSeal) {}

  /** @returns one sentence a fault */
  async run(tx: Transaction): Promise<{ statements: number; faults: string[] }> {
    const { lines } = await threeWayProof(tx);
    const faults = lines
      .filter(({ difference }) => difference !== '0.00')
      .map(({ name, ledger, other, difference }) => `${name}: ${ledger} and ${other} differ by ${difference}`);
    faults.push(...(await matchFaults(tx)));
    const ids = await tx.query<{ id: string }>(`select id from payments.statement_file order by id`);
    for (const { id } of ids) faults.push(...(await this.#fileFaults(tx, id)));
    const { n } = await tx.one<{ n: number }>(`select count(*)::int as n from payments.bank_statement`);
    return { statements: n, faults };
  }

  /** What is kept of a statement is what its file says, and the file is what the bank sent. */
  async #fileFaults(tx: Transaction, id: string): Promise<string[]> {
    const kept = await tx.one<KeptFile>(`select id, sha256, sealed from payments.statement_file where id = $1`, [id]);
    const said = this.#read(kept);
    if (typeof said === 'string') return [said];
    const here = await tx.query<{ opening: string; content: string }>(
      `select s.opening::numeric(14,2)::text as opening,
              s.account || ' ' || s.opening::numeric(14,2) || ' ' || s.closing::numeric(14,2) || ' ' || s.lines || ' ' || coalesce(l.digest, '') as content
         from payments.bank_statement s left join lateral
              (select md5(string_agg(l.booked_on || l.direction || l.amount::numeric(14,2), ',' order by l.n)) as digest
                 from payments.statement_line l where l.statement_id = s.id) l on true
        where s.file_id = $1 order by s.id`,
      [id],
    );
    const same =
      here.length === said.length &&
      here.every(({ content, opening }, at) => contentsOf(said[at], opening) === content);
    return same ? [] : [`what is kept of statement file ${id} is not what the file says`];
  }

  #read({ id, sha256, sealed }: KeptFile): StatementRead[] | string {
    try {
      const bytes = this.seal.open(sealed, statementSealContext(sha256));
      if (!createHash('sha256').update(bytes).digest().equals(sha256))
        return `statement file ${id} does not have its hash`;
      return readStatementFile(bytes);
    } catch {
      return `statement file ${id} cannot be opened: it was changed, or sealed with another key`;
    }
  }
}

/** What a file says of a statement. Where it may have opened with several balances, with the one that is kept. */
function contentsOf(read: StatementRead | undefined, kept: string): string {
  if (!read) return '';
  const { account, lines, mayOpenAt } = read;
  const found = mayOpenAt?.find((each) => each.toString() === kept);
  const [opening, closing] = found ? [found, found] : [read.opening, read.closing];
  const written = lines.map(({ date, direction, amount }) => `${date}${direction}${amount.toString()}`).join(',');
  const digest = lines.length > 0 ? createHash('md5').update(written).digest('hex') : '';
  return `${account} ${opening.toString()} ${closing.toString()} ${lines.length} ${digest}`;
}

/** Each day of a round, each match by hand, each taken back, each write-off is posted once: by number and by sum. */
async function matchFaults(tx: Transaction): Promise<string[]> {
  const said = await tx.query<{ kind: string; n: number; total: string }>(
    `select kind, count(*)::int as n, sum(amount)::numeric(16,2)::text as total from (
       select case l.direction when 'debit' then 'settle' else 'receive' end as kind, sum(m.amount) as amount
         from payments.bank_match m join payments.statement_line l on l.id = m.line_id
        group by l.direction, coalesce(m.round_id, m.id), case when m.round_id is null then null else l.booked_on end
       union all
       select case l.direction when 'debit' then 'unsettle' else 'unreceive' end, m.amount
         from payments.bank_unmatch u join payments.bank_match m on m.id = u.match_id join payments.statement_line l on l.id = m.line_id
       union all
       select case w.category when 'council-money' then 'council-' else 'write-off-' end || case l.direction when 'debit' then 'out' else 'in' end, w.amount
         from payments.write_off w join payments.statement_line l on l.id = w.line_id where w.state = 'approved') d group by 1`,
  );
  const posted = new Map((await sumsOfKinds(tx)).map((each) => [each.kind, `${each.n} × ${each.total}`]));
  const kinds = [
    'settle',
    'receive',
    'unsettle',
    'unreceive',
    'write-off-out',
    'write-off-in',
    'council-out',
    'council-in',
  ];
  return kinds.flatMap((kind) => {
    const each = said.find((row) => row.kind === kind);
    const [books, ledger] = [each ? `${each.n} × ${each.total}` : 'none', posted.get(kind) ?? 'none'];
    return books === ledger ? [] : [`"${kind}": reconciliation says ${books}, the ledger ${ledger}`];
  });
}
