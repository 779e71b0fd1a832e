import { stateHistory, type StateChange } from '../../audit/index.ts';
import { namesOf } from '../../identity/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type BankFileRow, readBankFile } from '../store/bank-file.store.ts';

/** A bank file with its story, for whoever looks after it. */
export interface BankFileStory extends BankFileRow {
  readonly people: { readonly begun: string | null; readonly answered: string | null };
  readonly history: readonly StateChange[];
}

/** Shows one bank file: where it is, who did what, what the bank said. @throws no_such_file */
export async function bankFileStory(tx: Transaction, id: string): Promise<BankFileStory> {
  const file = await readBankFile(tx, id);
  const names = await namesOf(tx, [file.begunBy, file.answeredBy]);
  const name = (user: string | null): string | null => (user === null ? null : (names.get(user) ?? null));
  return {
    ...file,
    people: { begun: name(file.begunBy), answered: name(file.answeredBy) },
    history: await stateHistory(tx, 'bank_file', id),
  };
}
