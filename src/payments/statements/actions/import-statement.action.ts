import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, personActing } from '../../../kernel/index.ts';
import { postEach } from '../../../ledger/index.ts';
import { type Command, FieldSeal, type Transaction, UnitOfWork } from '../../../platform/index.ts';
import { readStatementFile } from '../parse/read-statement-file.ts';
import type { StatementRead } from '../parse/statement-read.ts';
import { layoutsInUse } from '../store/layout.store.ts';
import {
  balancesBeside,
  daysToPost,
  insertStatement,
  insertStatementFile,
  statementSealContext,
} from '../store/statement.store.ts';
import { matchBank } from './match-bank.ts';

/** What came of a statement file. */
export interface StatementsImported {
  readonly fileId: string;
  readonly statements: readonly { readonly id: string; readonly reference: string; readonly lines: number }[];
  readonly lines: number;
  /** Matches the rules made of everything known by now. */
  readonly matched: number;
  readonly dryRun: boolean;
}

/** Takes in a bank statement file for a finance officer, all or nothing: kept sealed, in the ledger, matched. */
@Injectable()
export class ImportStatement {
  static readonly allowed: Allowed = { roles: ['finance'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: FieldSeal,
  ) {}

  /** @throws statement_refused by line, statement_taken_before, statement_of_another_account */
  async run(
    actor: Actor,
    name: string,
    bytes: Uint8Array,
    options: Pick<Command, 'idempotency' | 'dryRun'> = {},
  ): Promise<StatementsImported> {
    mustBeAllowed(actor, ImportStatement.allowed);
    const layouts = await this.unitOfWork.read(actor, layoutsInUse);
    const read = readStatementFile(bytes, layouts);
    return this.unitOfWork.run({ name: 'payments.import-statement', actor, ...options }, async (tx) => {
      const fileId = await this.#keepFile(tx, name, bytes, read);
      const statements: StatementsImported['statements'][number][] = [];
      for (const each of read) statements.push(await keepStatement(tx, fileId, each));
      const { made } = await matchBank(tx);
      const lines = statements.reduce((sum, each) => sum + each.lines, 0);
      const detail = { statements: statements.length, lines, matched: made };
      tx.audit({ action: 'payments.statement-imported', subjectKind: 'statement-file', subjectId: fileId, detail });
      return { fileId, statements, lines, matched: made, dryRun: options.dryRun ?? false };
    });
  }

  async #keepFile(tx: Transaction, name: string, bytes: Uint8Array, read: readonly StatementRead[]): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest();
    return insertStatementFile(tx, {
      ...{ name: name.slice(0, 200) || 'statement', format: read[0]?.format ?? '', bytes: bytes.length, sha256 },
      sealed: this.seal.seal(Buffer.from(bytes), statementSealContext(sha256)),
      importedBy: personActing(tx.actor),
    });
  }
}

async function keepStatement(tx: Transaction, fileId: string, read: StatementRead) {
  const id = await insertStatement(tx, fileId, openedAt(read, await balancesBeside(tx, read)));
  await postEach(tx, 'bank-out', daysToPost(id, 'debit'));
  await postEach(tx, 'bank-in', daysToPost(id, 'credit'));
  return { id, reference: read.reference, lines: read.lines.length };
}

/** Of lines that cancel each other only the statements beside it say with which of its balances a statement opened. */
function openedAt(read: StatementRead, beside: readonly string[]): StatementRead {
  const opening = read.mayOpenAt?.find((each) => beside.includes(each.toString()));
  return opening ? { ...read, opening, closing: opening } : read;
}
