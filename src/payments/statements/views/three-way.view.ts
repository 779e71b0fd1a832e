import { Money } from '../../../kernel/index.ts';
import { balances, sumsOfKinds } from '../../../ledger/index.ts';
import type { Transaction } from '../../../platform/index.ts';

/** One thing that two books say; the difference is nought, or something is wrong. */
export interface ProofLine {
  readonly name: string;
  readonly ledger: string;
  readonly other: string;
  readonly difference: string;
}

/** Ledger, files and statements beside each other. */
export interface ThreeWayProof {
  readonly lines: readonly ProofLine[];
  readonly isTied: boolean;
}

interface BankSums {
  readonly moved: string;
  readonly openLines: string;
  readonly openExpected: string;
  readonly files: string;
}

/**
 * Proves ledger, files and statements against each other, for whoever closes a day: what the bank did is what the ledger
 * says, what is on its way is what no statement shows yet, what is unexplained is what no line is matched to.
 */
export async function threeWayProof(tx: Transaction): Promise<ThreeWayProof> {
  const ledger = await balances(tx);
  const netOf = (kind: string): Money =>
    Money.sum(
      ledger.filter((each) => each.kind === kind).map((each) => Money.gbp(each.debits).minus(Money.gbp(each.credits))),
    );
  const sums = await bankSums(tx);
  const sent = Money.sum(
    (await sumsOfKinds(tx))
      .filter(({ debitKind, creditKind }) => debitKind === 'payable' && creditKind === 'clearing')
      .map(({ total }) => Money.gbp(total)),
  );
  const lines = [
    compare('Bank: the ledger and the statements', netOf('bank'), Money.gbp(sums.moved)),
    compare('Suspense: the ledger and lines to match', netOf('suspense'), Money.gbp(sums.openLines)),
    compare('On its way: the ledger and what no statement shows yet', netOf('clearing'), Money.gbp(sums.openExpected)),
    compare('Sent: the ledger and the files', sent, Money.gbp(sums.files)),
  ];
  return { lines, isTied: lines.every(({ difference }) => Money.gbp(difference).isZero()) };
}

function compare(name: string, ledger: Money, other: Money): ProofLine {
  return { name, ledger: ledger.toString(), other: other.toString(), difference: ledger.minus(other).toString() };
}

/** What statements and files come to; what left is below nought on the bank, above in suspense, as the ledger has it. */
function bankSums(tx: Transaction): Promise<BankSums> {
  return tx.one(
    `select
       (select coalesce(sum(credits - debits), 0) from payments.bank_statement)::numeric(16,2)::text as moved,
       (select coalesce(sum(case l.direction when 'debit' then 1 else -1 end * (l.amount - coalesce(c.amount, 0))), 0)
          from payments.statement_line l
          left join (select line_id, sum(amount) as amount from payments.bank_claim group by 1) c on c.line_id = l.id)::numeric(16,2)::text as "openLines",
       (select coalesce(sum(case e.direction when 'debit' then -1 else 1 end * (e.amount - coalesce(c.amount, 0))), 0)
          from payments.expected_on_bank e
          left join (select source, document_id, sum(amount) as amount from payments.bank_claim group by 1, 2) c
            on c.source = e.source and c.document_id = e.document_id)::numeric(16,2)::text as "openExpected",
       (select coalesce(sum(total), 0) from payments.export_file)::numeric(16,2)::text as files`,
  );
}
