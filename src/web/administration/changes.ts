import { councilChanges, type CouncilSettings, councilSettings, namesOf } from '../../identity/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** The council's settings, with what was changed of some of them, by whom and why. */
export async function settingsWithChanges(tx: Transaction, columns: readonly string[]) {
  const settings: CouncilSettings = await councilSettings(tx);
  const changes = await councilChanges(tx, columns);
  const people = changes.map((change) => change.changedBy);
  return { settings, changes, columns, names: Object.fromEntries(await namesOf(tx, people)) };
}
