import { Injectable } from '@nestjs/common';
import { voidRequest } from '../../approvals/index.ts';
import { noSuchFamily, referencesOf } from '../../families/index.ts';
import { fundByCode } from '../../funds/index.ts';
import { type Actor, type Allowed, mustBeAllowed, type PlainDate, type ProblemItem } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import type { ApplicationAnswers, ItemAsked } from '../domain/grant-application.ts';
import { applicationMovedOn, itemRefused } from '../grant-problems.ts';
import {
  type ApplicationRow,
  insertApplication,
  lockApplication,
  moveApplication,
  readApplication,
  writeAnswers,
} from '../store/application.store.ts';
import { type CatalogueRow, catalogueList } from '../store/catalogue.store.ts';
import { replaceItems } from '../store/item.store.ts';
import { writeGrants } from './see-grants.ts';

/** An item as somebody asks for it: by its code in the catalogue, the rest as they say. */
export interface ItemWritten {
  readonly code: string;
  readonly description?: string;
  readonly amount: string;
  readonly instrumentId?: string | null;
  readonly firstDue?: PlainDate | null;
  readonly instalments?: number;
  readonly everyDays?: number;
}

/** What is written down; what is left out stays as it was. */
export type AnswersWritten = Partial<Omit<ApplicationAnswers, 'fundId'>> & {
  readonly fundCode?: string;
  readonly items?: readonly ItemWritten[];
  /** The version the writer saw. */
  readonly seen?: number;
};

/** Starts an application for a known family, and writes its answers, for the worker. Any change makes it a draft again. */
@Injectable()
export class WriteApplication {
  static readonly allowed: Allowed = writeGrants;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the number of the draft @throws no_such_family, no_such_fund, fund_pays_no_grants, item_refused */
  async start(
    actor: Actor,
    familyId: string,
    answers: AnswersWritten & { readonly fundCode: string; readonly topsUp?: string | null },
    idempotency?: Command['idempotency'],
  ): Promise<{ applicationId: string }> {
    mustBeAllowed(actor, WriteApplication.allowed);
    return this.unitOfWork.run({ name: 'grants.start-application', actor, idempotency }, async (tx) => {
      if (!(await referencesOf(tx, [familyId])).has(familyId))
        throw noSuchFamily('No family of this council has that number.');
      const { topsUp = null, ...said } = answers;
      const fund = await fundByCode(tx, answers.fundCode);
      const applicationId = await insertApplication(tx, familyId, fund.id, topsUp);
      await this.#write(tx, await readApplication(tx, applicationId), said);
      const detail = { application: applicationId, fund: fund.code };
      tx.audit({ action: 'grants.application-started', subjectKind: 'family', subjectId: familyId, detail });
      return { applicationId };
    });
  }

  /** @throws application_moved_on, not_in_that_state once it was decided, item_refused, no_such_application */
  async change(actor: Actor, id: string, answers: AnswersWritten): Promise<{ state: string; version: number }> {
    mustBeAllowed(actor, WriteApplication.allowed);
    return this.unitOfWork.run({ name: 'grants.write-application', actor }, async (tx) => {
      const draft = await asDraft(tx, mustBeAsSeen(await lockApplication(tx, id), answers.seen));
      await this.#write(tx, draft, answers);
      const { version } = await readApplication(tx, id);
      const detail = { changed: Object.keys(answers).filter((name) => name !== 'seen') };
      tx.audit({ action: 'grants.application-written', subjectKind: 'application', subjectId: id, detail });
      return { state: 'draft', version };
    });
  }

  async #write(tx: Transaction, draft: ApplicationRow, written: AnswersWritten): Promise<void> {
    const { fundCode, items, seen: _, ...answers } = written;
    const fund = fundCode === undefined ? {} : { fundId: (await fundByCode(tx, fundCode)).id };
    await writeAnswers(tx, draft.id, { ...answers, ...fund });
    if (items) await replaceItems(tx, draft.id, await asAsked(tx, items));
  }
}

/** Stops whoever writes on an application they saw as it was before. @throws application_moved_on */
export function mustBeAsSeen(application: ApplicationRow, seen: number | undefined): ApplicationRow {
  if (seen === undefined || seen === application.version) return application;
  throw applicationMovedOn(`Somebody changed it meanwhile. It is ${application.state.replaceAll('_', ' ')}.`);
}

/** Takes an application that was put forward back to a draft; a request for approval is void. */
async function asDraft(tx: Transaction, application: ApplicationRow): Promise<ApplicationRow> {
  if (application.state === 'draft') return application;
  const why = 'The application was changed.';
  if (application.state === 'recommended' && application.approvalId) await voidRequest(tx, application.approvalId, why);
  await moveApplication(tx, application, 'amend', { approval_id: null, recommended_by: null }, why);
  return readApplication(tx, application.id);
}

async function asAsked(tx: Transaction, items: readonly ItemWritten[]): Promise<ItemAsked[]> {
  const catalogue = new Map((await catalogueList(tx)).filter(({ active }) => active).map((each) => [each.code, each]));
  const unknown: ProblemItem[] = [];
  const asked = items.flatMap((item, index): ItemAsked[] => {
    const known = catalogue.get(item.code);
    if (known) return [asWritten(item, known)];
    unknown.push({ field: `items.${index}.code`, reason: `"${item.code}" is not in the catalogue.` });
    return [];
  });
  if (unknown.length > 0) throw itemRefused(`${unknown.length} items are not in the catalogue.`, unknown);
  return asked;
}

function asWritten(item: ItemWritten, { code, name, category }: CatalogueRow): ItemAsked {
  return {
    ...{ code, category, description: item.description || name, amount: item.amount },
    ...{ instrumentId: item.instrumentId ?? null, firstDue: item.firstDue ?? null },
    ...{ instalments: item.instalments ?? 1, everyDays: item.everyDays ?? 7 },
  };
}
