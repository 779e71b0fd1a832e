import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { CONFIG, FieldSeal, type ReadyConfig, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { exportFolder, writeExportToDisk } from '../rails/export-folder.ts';
import { exportSealContext, readExport } from '../store/export.store.ts';
import { readRun } from '../store/run.store.ts';

/** A bank file in the open, with where its copy on disk is. */
export interface BankFile {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  readonly items: number;
  readonly total: string;
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

  /** @throws no_such_run, no_file_yet */
  async open(actor: Actor, runId: string): Promise<BankFile> {
    mustBeAllowed(actor, BankFiles.allowed);
    return this.unitOfWork.run({ name: 'payments.open-file', actor }, async (tx) => {
      await readRun(tx, runId);
      const kept = await readExport(tx, runId);
      const bytes = this.seal.open(kept.sealed, exportSealContext(runId, kept.rail));
      const sha256 = kept.sha256.toString('hex');
      const path = join(await exportFolder(tx, this.config.exportDir), kept.name);
      tx.audit({ action: 'payments.bank-file-seen', subjectKind: 'run', subjectId: runId, detail: { sha256 } });
      return { name: kept.name, path, sha256, items: kept.items, total: kept.total, bytes };
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
       from payments.export_file where run_id = $1`,
    [runId],
  );
}
