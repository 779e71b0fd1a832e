import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed, type ProblemItem } from '../../kernel/index.ts';
import { CONFIG, FieldSeal, type ReadyConfig, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { noFileYet, severalFiles } from '../payment-problems.ts';
import { exportFolder, writeExportToDisk } from '../rails/export-folder.ts';
import { type RailName, railWords } from '../rails/rail-names.ts';
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

  /**
   * Opens the file of a run; of several, the one of a rail.
   * @throws no_such_run, no_file_yet, run_has_several_files naming each
   */
  async open(actor: Actor, runId: string, rail?: RailName): Promise<BankFile> {
    return this.#opened(actor, async (tx) => {
      await readRun(tx, runId);
      const all = await readExports(tx, runId);
      const [file, ...others] = rail ? all.filter((each) => each.rail === rail) : all;
      if (!file) throw noFileYet(`The run has no file by ${railWords[rail ?? 'bacs']}.`);
      if (others.length > 0) throw severalFiles(`It has ${all.length}.`, all.map(named));
      return file;
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

  /** Writes the copies on disk again, one for each rail, for an operator whose export folder was lost. */
  async rewrite(actor: Actor, runId: string): Promise<BankFile[]> {
    const ways = await this.unitOfWork.read(actor, async (tx) =>
      (await readExports(tx, runId)).map(({ rail }) => rail),
    );
    const files: BankFile[] = [];
    for (const rail of ways) {
      const file = await this.open(actor, runId, rail);
      await writeExportToDisk(dirname(file.path), file.name, file.bytes);
      files.push(file);
    }
    return files;
  }
}

function named({ rail, name, items, total }: KeptExport): ProblemItem {
  return { field: rail, reason: `${railWords[rail]}: ${name}, ${items} payments, ${total}.` };
}

/** What is known of a run's bank files without opening them: how each is told apart from any other. */
export interface BankFileFacts {
  readonly rail: RailName;
  readonly sha256: string;
  readonly madeAt: Date;
}

/** Shows whoever files a run's bank files when each was written, and its hash; none before there are any. */
export function bankFileFacts(tx: Transaction, runId: string): Promise<BankFileFacts[]> {
  return tx.query(
    `select rail, encode(sha256, 'hex') as sha256, made_at as "madeAt"
       from payments.export_file where run_id = $1 and purpose = 'run' order by rail`,
    [runId],
  );
}
