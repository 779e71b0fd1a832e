import type { INestApplicationContext } from '@nestjs/common';
import { verifyAll } from '../../src/house/index.ts';
import { operatorOf } from '../../src/kernel/index.ts';
import { threeWayProof } from '../../src/payments/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';

/** What a council's books hold of what its bank told. */
export interface BankBooks {
  readonly reports: number;
  readonly returns: number;
  readonly statements: number;
  readonly lines: number;
  readonly matches: number;
  /** Returns and files of which all is matched. */
  readonly matched: number;
  /** Postings of what came back, of days of statements and by hand. */
  readonly transfers: number;
  /** What matches come to, less what is posted of them, which is a day of a round at a time: nought. */
  readonly unposted: string;
}

/** Counts what there is of reports, statements, matches and postings. */
export function bankBooks(app: INestApplicationContext, authorityId: string): Promise<BankBooks> {
  return app.get(UnitOfWork).read(operatorOf(authorityId), (tx) =>
    tx.one<BankBooks>(
      `select (select count(*) from payments.bank_report)::int as reports,
              (select count(*) from payments.returned_payment)::int as returns,
              (select count(*) from payments.statement_file)::int as statements,
              (select count(*) from payments.statement_line)::int as lines,
              (select count(*) from payments.bank_match)::int as matches,
              (select count(*) from payments.expected_on_bank e where e.amount =
                 (select sum(c.amount) from payments.bank_claim c where c.source = e.source and c.document_id = e.document_id))::int as matched,
              (select count(*) from ledger.transfer where kind in (20, 41, 42, 45, 46))::int as transfers,
              ((select coalesce(sum(amount), 0) from payments.bank_match)
               - (select coalesce(sum(amount), 0) from ledger.transfer where kind in (43, 44)))::numeric(14,2)::text as unposted`,
    ),
  );
}

/** Says what of the three books does not tie, and what does not prove itself: one sentence each. */
export async function bankFaults(app: INestApplicationContext, authorityId: string): Promise<string[]> {
  const { lines } = await app.get(UnitOfWork).read(operatorOf(authorityId), threeWayProof);
  const untied = lines
    .filter(({ difference }) => difference !== '0.00')
    .map((each) => `${each.name}: ${each.difference}`);
  return [...untied, ...(await verifyAll(app)).flatMap((council) => council.faults)];
}
