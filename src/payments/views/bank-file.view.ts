import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { CONFIG, FieldSeal, type ReadyConfig, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { exportFolder, writeExportToDisk } from '../rails/export-folder.ts';
import { exportSealContext, type KeptExport, readExport, readExports } from '../store/export.store.ts';
import { rails } from '../rails/rails.ts';
import { readRun } from '../store/run.store.ts';

/** A bank file in the open, with where its copy on disk is. */
export interface BankFile {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  readonly items: number;
  readonly total: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** Opens a run's bank file for whoever submits it: always the same bytes; the look is on record. */
@Injectable()
export class BankFiles {
  static readonly allowed: Allowed = { roles: ['finance', 'releaser'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: FieldSeal,
    @Inject(CONFIG) private readonly config: ReadyConfig,
  ) {}

  /** Opens the first file of a run: the Bacs file, where there is one. @throws no_such_run, no_file_yet */
  async open(actor: Actor, runId: string): Promise<BankFile> {
    return this.#opened(actor, async (tx) => {
      await readRun(tx, runId);
      return (await readExports(tx, runId))[0] as KeptExport;
    });
  }

  /** Opens any file by its own number. @throws no_such_file */
  openFile(actor: Actor, fileId: string): Promise<BankFile> {
    return this.#opened(actor, (tx) => readExport(tx, fileId));
  }

  async #opened(actor: Actor, find: (tx: Transaction) => Promise<KeptExport>): Promise<BankFile> {
    mustBeAllowed(actor, BankFiles.allowed);
    return this.unitOfWork.run({ name: 'payments.open-file', actor }, async (tx) => {
      const kept = await find(tx);
      const bytes = this.seal.open(kept.sealed, exportSealContext(kept));
      const sha256 = kept.sha256.toString('hex');
      const path = join(await exportFolder(tx, this.config.exportDir), kept.name);
      const subject = kept.runId
        ? { subjectKind: 'run', subjectId: kept.runId }
        : { subjectKind: 'file', subjectId: kept.id };
      tx.audit({ action: 'payments.bank-file-seen', ...subject, detail: { sha256 } });
      const { mediaType } = rails[kept.rail];
      return { name: kept.name, path, sha256, items: kept.items, total: kept.total, mediaType, bytes };
    });
  }

  /** Writes the copy on disk again, for an operator whose export folder was lost. */
  async rewrite(actor: Actor, runId: string): Promise<BankFile> {
    const file = await this.open(actor, runId);
    await writeExportToDisk(dirname(file.path), file.name, file.bytes);
    return file;
  }
}

/** What is known of a run's bank file without opening it: its control totals and its hash. */
export interface BankFileFacts {
  readonly name: string;
  readonly serial: string;
  readonly items: number;
  readonly total: string;
  readonly sha256: string;
  readonly madeAt: Date;
}

/** Shows what a run's bank file comes to, to whoever files it; nothing before there is one. */
export function bankFileFacts(tx: Transaction, runId: string): Promise<BankFileFacts | undefined> {
  return tx.maybe(
    `select name, serial, items, total::numeric(14,2)::text as total, encode(sha256, 'hex') as sha256, made_at as "madeAt"
       from payments.export_file where run_id = $1 and purpose = 'run' order by rail`,
    [runId],
  );
}
