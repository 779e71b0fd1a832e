import { gunzipSync, gzipSync } from 'node:zlib';
import { Controller, Res } from '@nestjs/common';
import type { Response } from 'express';
import { DomainError } from '../../../kernel/index.ts';
import { Clock, Drafts, inputRefused, problemDocument } from '../../../platform/index.ts';
import { familyFileColumns, type FamiliesImported, ImportFamilies } from '../../../subsistence/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, View, type Visit, Visiting } from '../../pages/index.ts';
import { planUrls } from '../plans.urls.ts';

const DRAFT = 'families/import';
const PROBLEMS_SHOWN = 500;
const DEED = { allowed: ImportFamilies.allowed, audit: 'subsistence.families-imported' } as const;

/** A family file between its check and its import: sealed in the draft of whoever sent it, packed. */
interface KeptFile {
  readonly name: string;
  readonly packed: string;
  readonly would: FamiliesImported;
}

/** Taking families in from a CSV file: what a file holds, a check that changes nothing, and the import. */
@Controller()
export class ImportPages {
  constructor(
    private readonly drafts: Drafts,
    private readonly clock: Clock,
    private readonly importFamilies: ImportFamilies,
  ) {}

  @Page({
    method: 'GET',
    path: planUrls.import,
    title: 'Take in families from a file',
    allowed: ImportFamilies.allowed,
    audit: null,
  })
  ask(): View {
    return guide();
  }

  @Page({
    method: 'GET',
    path: planUrls.importTemplate,
    title: 'An empty family file',
    allowed: ImportFamilies.allowed,
    audit: null,
  })
  template(@Res() response: Response): void {
    response.type('text/csv').set('Content-Disposition', 'attachment; filename="families.csv"');
    response.send(`${familyFileColumns.map((column) => column.name).join(',')}\r\n`);
  }

  @Page({ ...{ method: 'POST', path: planUrls.import, title: 'Check a family file', upload: true }, ...DEED })
  check(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { file } = visit;
        if (!file || file.bytes.length === 0)
          throw inputRefused('No file came.', [{ field: 'file', reason: 'Choose a file.' }]);
        const would = await this.#import(visit, file.bytes, true).catch((error: unknown) =>
          refusedFile(error, file.name),
        );
        if (would instanceof View) return would;
        const kept: KeptFile = {
          name: file.name.slice(0, 200),
          packed: gzipSync(file.bytes).toString('base64'),
          would,
        };
        await this.drafts.keep(visit.actor, DRAFT, kept);
        return goTo(planUrls.importCheck);
      },
      () => guide(),
    );
  }

  @Page({
    method: 'GET',
    path: planUrls.importCheck,
    title: 'What a family file would do',
    allowed: ImportFamilies.allowed,
    audit: null,
  })
  async would(@Visiting() visit: Visit): Promise<PageAnswer> {
    const kept = await this.#kept(visit);
    return kept ? show('plans/import/check.njk', { name: kept.name, would: kept.would }) : goTo(planUrls.import);
  }

  @Page({ ...{ method: 'POST', path: planUrls.importCheck, title: 'Import a family file' }, ...DEED })
  async confirm(@Visiting() visit: Visit): Promise<PageAnswer> {
    const kept = await this.#kept(visit);
    if (!kept) return goTo(planUrls.import);
    return attempt(
      async () => {
        const bytes = gunzipSync(Buffer.from(kept.packed, 'base64'));
        const done = await this.#import(visit, bytes, false).catch((error: unknown) => refusedFile(error, kept.name));
        if (done instanceof View) return done;
        await this.drafts.discard(visit.actor, DRAFT);
        const plans = done.families === 1 ? 'One family is' : `${done.families} families are`;
        return goTo('/families', `${plans} taken in. Their plans wait for a manager.`);
      },
      () => guide(),
    );
  }

  #import(visit: Visit, bytes: Uint8Array, dryRun: boolean): Promise<FamiliesImported> {
    const idempotency = dryRun ? undefined : visit.idempotency;
    return this.importFamilies.run(visit.actor, bytes, this.clock.today(), { dryRun, idempotency });
  }

  #kept(visit: Visit): Promise<KeptFile | undefined> {
    return this.drafts.find<KeptFile>(visit.actor, DRAFT);
  }
}

/** Shows the guide, with every problem of a file that was refused: by line and column, with what to do. */
function guide(refused?: DomainError, name?: string): View {
  const found = refused?.items ?? [];
  const data = {
    ...{ columns: familyFileColumns, name, faults: found.slice(0, PROBLEMS_SHOWN), detail: refused?.message },
    more: Math.max(0, found.length - PROBLEMS_SHOWN),
  };
  if (!refused) return show('plans/import/import.njk', data);
  // The summary at the top says it in one line: the table has them all.
  const items = [{ field: 'problems', reason: refused.message }];
  return new View('plans/import/import.njk', { ...data, problem: { ...problemDocument(refused), items } }, 422);
}

/** Shows a file's problems in a table; anything else goes on to the form. */
function refusedFile(error: unknown, name: string): View {
  if (error instanceof DomainError && error.code === 'family_file_refused') return guide(error, name);
  throw error;
}
