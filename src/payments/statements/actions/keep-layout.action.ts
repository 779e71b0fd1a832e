import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, defineProblem, mustBeAllowed } from '../../../kernel/index.ts';
import { type Command, UnitOfWork } from '../../../platform/index.ts';
import { type CsvProfile, csvLayout } from '../parse/csv-layout.ts';
import { profileOf, readCsvStatement } from '../parse/csv-statement.ts';
import type { StatementRead } from '../parse/statement-read.ts';
import { insertLayout, statementLayouts } from '../store/layout.store.ts';

/** Tells an administrator which part of a layout of statements cannot be used. */
export const layoutRefused = defineProblem('statement_layout_refused', {
  status: 422,
  title: 'That layout of statements cannot be used',
  whatToDo: 'Nothing was changed. Say which column of the header is what; each place that is wrong is named below.',
});
/** Tells an administrator that no layout has that name. */
export const noSuchLayout = defineProblem('no_such_statement_layout', {
  status: 404,
  title: 'There is no layout of that name in use',
  whatToDo: 'Look at the list of layouts again.',
});

/**
 * Reads a few lines of a bank's file by a layout that is not kept yet, for whoever sets it: what the import would read.
 * @throws statement_layout_refused, statement_refused with the lines of the sample
 */
export function tryLayout(name: string, layout: unknown, sample: string): readonly StatementRead[] {
  const profile = layoutFrom(name, layout);
  const text = sample.trim();
  if (profileOf(text, [profile])?.name !== profile.name)
    throw layoutRefused('The lines begin with another header.', [
      { field: 'sample', reason: 'The first of these lines is not the header of the layout.' },
    ]);
  return readCsvStatement(text, profile);
}

/** Says how a bank lays out its CSV statements, for an administrator. A layout is kept once lines of the bank's were read by it. */
@Injectable()
export class KeepStatementLayout {
  static readonly allowed: Allowed = { roles: ['administrator'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws statement_layout_refused, statement_refused when the sample is not proved by it */
  async run(
    actor: Actor,
    { name, layout, sample }: { readonly name: string; readonly layout: unknown; readonly sample: string },
    idempotency?: Command['idempotency'],
  ): Promise<{ layoutId: string }> {
    mustBeAllowed(actor, KeepStatementLayout.allowed);
    tryLayout(name, layout, sample);
    return this.#keep(actor, layoutFrom(name, layout), true, idempotency);
  }

  /** Reads no more files by a layout. @throws no_such_statement_layout */
  async takeOut(actor: Actor, name: string, idempotency?: Command['idempotency']): Promise<{ layoutId: string }> {
    mustBeAllowed(actor, KeepStatementLayout.allowed);
    const all = await this.unitOfWork.read(actor, statementLayouts);
    const found = all.find((each) => each.name === name && each.isUsed);
    if (!found) throw noSuchLayout(`Nothing in use is called "${name.slice(0, 60)}".`);
    return this.#keep(actor, { ...found.layout, name }, false, idempotency);
  }

  #keep(
    actor: Actor,
    profile: CsvProfile,
    isUsed: boolean,
    idempotency: Command['idempotency'],
  ): Promise<{ layoutId: string }> {
    return this.unitOfWork.run({ name: 'payments.keep-statement-layout', actor, idempotency }, async (tx) => {
      const layoutId = await insertLayout(tx, profile, isUsed);
      const action = isUsed ? 'payments.statement-layout-set' : 'payments.statement-layout-taken-out';
      tx.audit({ action, subjectKind: 'statement-layout', subjectId: layoutId, detail: { name: profile.name } });
      return { layoutId };
    });
  }
}

/** What is said where a part is missing; what names a column that is not there says so itself. */
const SAID: Readonly<Record<string, string>> = {
  account: 'Choose the column of the account, or enter its 14 digits.',
  amount: 'Choose the column, or the two columns, of the amounts.',
};

/** Reads a layout as somebody wrote it. @throws statement_layout_refused with each place that is wrong */
export function layoutFrom(name: string, layout: unknown): CsvProfile {
  const read = csvLayout.safeParse(layout);
  if (read.success && name.trim() !== '') return { ...read.data, name: name.trim() };
  const named = name.trim() === '' ? [{ field: 'name', reason: 'Enter the name of the bank.' }] : [];
  const issues = read.success ? [] : read.error.issues;
  const items = issues.map(({ path, message }) => ({
    field: String(path[0] ?? 'layout'),
    reason: SAID[String(path[0])] ?? message,
  }));
  throw layoutRefused(`${items.length + named.length} places are not right.`, [...named, ...items]);
}
