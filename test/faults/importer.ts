import { readFileSync } from 'node:fs';
import { openHouse } from '../../src/house/index.ts';
import { type Actor, DomainError } from '../../src/kernel/index.ts';
import { ImportReport, ImportStatement } from '../../src/payments/index.ts';
import { QueuePort, readConfig, type ReadyConfig } from '../../src/platform/index.ts';

/** What a person hands to this process: a file of the bank's, in their name. */
export interface ToImport {
  readonly kind: 'statement' | 'arucs';
  readonly path: string;
  readonly actor: Actor;
}
/** What came of it. */
export type Imported = { readonly done: true } | { readonly refused: string };

const { kind, path, actor } = JSON.parse(process.argv[2] ?? '') as ToImport;
const app = await openHouse(readConfig(process.env) as ReadyConfig, 'faults');
const bytes = readFileSync(path);
try {
  if (kind === 'statement') await app.get(ImportStatement).run(actor, 'statement.xml', bytes);
  else await app.get(ImportReport).run(actor, kind, bytes);
  process.send?.({ done: true } satisfies Imported);
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  process.send?.({ refused: error.code } satisfies Imported);
}
await app.get(QueuePort).close();
await app.close();
process.disconnect();
