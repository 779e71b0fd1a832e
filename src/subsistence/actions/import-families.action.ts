import { Injectable } from '@nestjs/common';
import {
  type Actor,
  type Allowed,
  defineProblem,
  Money,
  mustBeAllowed,
  payDays,
  personActing,
  type PlainDate,
  type ProblemItem,
} from '../../kernel/index.ts';
import { proposeMany } from '../../approvals/index.ts';
import { takenReferences, TakeInFamilies, type FamilyToTakeIn } from '../../families/index.ts';
import { fundList } from '../../funds/index.ts';
import { type Command, type Transaction, UnitOfWork, whenConstraintBreaks } from '../../platform/index.ts';
import type { FamilyInFile } from '../domain/family-file/family-in-file.ts';
import { familyFileRefused } from '../domain/family-file/file-problems.ts';
import { readFamilyFile } from '../domain/family-file/read-family-file.ts';
import { planContents } from '../store/plan-content.ts';
import { rateTables } from '../store/rate.store.ts';
import { insertPlans, insertTopUps, type NewPlan, type TopUpRow } from '../store/plan.store.ts';

/** What an import did, or (dry run) would do. */
export interface FamiliesImported {
  readonly families: number;
  readonly members: number;
  readonly withoutBankDetails: number;
  readonly weeklyTotal: string;
  readonly dryRun: boolean;
}

/** Tells a caseworker that a file with the same content was imported before. */
export const fileTakenBefore = defineProblem('file_taken_before', {
  status: 409,
  title: 'This file has been imported before',
  whatToDo: 'Nothing was changed. To add more families, import a file with only those.',
});
whenConstraintBreaks('uq_import_file_once', () => fileTakenBefore('A file with the same content is on record.'));

const FREQUENCY_DAYS = { weekly: 7, fortnightly: 14, 'four-weekly': 28 } as const;
const FAMILIES_AT_ONCE = 1000;

/**
 * Takes in a council's families from a CSV file, all or nothing, as plans proposed by the person acting.
 *
 * Plans and bank details then wait for a second person.
 */
@Injectable()
export class ImportFamilies {
  static readonly allowed: Allowed = { roles: ['caseworker', 'administrator'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly takeIn: TakeInFamilies,
  ) {}

  /** @throws family_file_refused with line, column, reason and what to do for each problem; file_taken_before */
  async run(
    actor: Actor,
    bytes: Uint8Array,
    today: PlainDate,
    options: Partial<Command> = {},
  ): Promise<FamiliesImported> {
    mustBeAllowed(actor, ImportFamilies.allowed);
    const file = readFamilyFile(bytes, today);
    return this.unitOfWork.run({ name: 'subsistence.import-families', actor, ...options }, async (tx) => {
      await checkAgainstCouncil(tx, file.families);
      let weekly = Money.zero;
      for (let start = 0; start < file.families.length; start += FAMILIES_AT_ONCE)
        weekly = weekly.plus(await this.#takeSome(tx, file.families.slice(start, start + FAMILIES_AT_ONCE)));
      const { id } = await tx.one<{ id: string }>(
        `insert into subsistence.family_import (authority_id, file_sha256, families, members, imported_by)
         values ($1, decode($2, 'hex'), $3, $4, $5) returning id`,
        [actor.authorityId, file.sha256, file.families.length, file.rows, personActing(actor)],
      );
      const detail = { families: file.families.length, members: file.rows, sha256: file.sha256 };
      tx.audit({ action: 'subsistence.families-imported', subjectKind: 'import', subjectId: id, detail });
      return {
        ...{ families: file.families.length, members: file.rows, weeklyTotal: weekly.toString() },
        ...{
          withoutBankDetails: file.families.filter((family) => !family.bank).length,
          dryRun: options.dryRun ?? false,
        },
      };
    });
  }

  async #takeSome(tx: Transaction, families: readonly FamilyInFile[]): Promise<Money> {
    const funds = await fundList(tx);
    const taken = await this.takeIn.run(tx, families.map(toTakeIn));
    const plans = families.map((family, index) => {
      const fund = funds.find((each) => (family.fund ? each.code === family.fund : each.isSection17Default));
      return planOf(family, taken.familyIds[index] as string, fund?.id as string);
    });
    const planIds = await insertPlans(tx, plans, personActing(tx.actor));
    const topUps = families.flatMap((family, index) =>
      topUpsIn(family, planIds[index] as string, taken.memberIds[index] ?? []),
    );
    await insertTopUps(tx, topUps);
    const contents = await planContents(tx, planIds);
    await proposeMany(
      tx,
      contents.map(({ planId, fingerprint, weekly }) => ({
        kind: 'support-plan',
        subjectId: planId,
        fingerprint,
        amount: weekly,
      })),
    );
    return Money.sum(contents.map((each) => each.weekly));
  }
}

async function checkAgainstCouncil(tx: Transaction, families: readonly FamilyInFile[]): Promise<void> {
  const items: ProblemItem[] = [];
  const taken = await takenReferences(
    tx,
    families.map((family) => family.reference),
  );
  const funds = await fundList(tx);
  const usual = funds.some((fund) => fund.isSection17Default);
  const ratesFrom = (await rateTables(tx)).get('guide')?.get('person')?.[0]?.effectiveFrom;
  for (const { reference, line, fund, paidUpTo } of families) {
    if (ratesFrom === undefined || paidUpTo < ratesFrom)
      items.push({
        line,
        column: 'paid_up_to',
        reason: `There is no rate in force on ${paidUpTo}.`,
        whatToDo: `The rates begin on ${ratesFrom ?? 'no day yet'}: write the first day not yet paid, or add an older rate.`,
      });
    if (taken.has(reference))
      items.push({
        line,
        column: 'family_reference',
        reason: `"${reference}" is already here.`,
        whatToDo: 'Delete its rows, or give it another reference.',
      });
    const named = funds.find((each) => each.code === fund);
    if (fund ? !named?.pays.includes('section-17') : !usual)
      items.push({
        line,
        column: 'fund',
        reason: fund
          ? `"${fund}" is not a fund that pays section 17 support.`
          : 'The council has no usual section 17 fund.',
        whatToDo: `Use one of: ${funds.map((each) => each.code).join(', ') || 'none yet'}.`,
      });
  }
  if (items.length > 0)
    throw familyFileRefused(`${items.length} of the file's families do not fit this council.`, items.slice(0, 1000));
}

function toTakeIn(family: FamilyInFile): FamilyToTakeIn {
  const { reference, language, contact, address, safeChannels, safeCheckedOn, reads } = family;
  return {
    line: family.line,
    family: {
      ...{ reference, language, contact, mobile: family.mobile ?? null, email: family.email ?? null },
      ...{ safe_channels: safeChannels, safe_checked_on: safeCheckedOn ?? null, reads: reads ?? null },
      ...{ address_line_1: address?.lines[0] ?? null, address_line_2: address?.lines[1] ?? null },
      ...{
        town: address?.town ?? null,
        postcode: address?.postcode ?? null,
        ward: family.ward ?? null,
        team: family.team ?? null,
      },
    },
    members: family.members.map((member) => ({
      ...{ relationship: member.relationship, name: member.name, born: member.born ?? null, due: member.due ?? null },
      ...{ joined_on: member.joinedOn ?? null, left_on: member.leftOn ?? null },
    })),
    ...(family.bank ? { bank: family.bank } : {}),
  };
}

function planOf(family: FamilyInFile, familyId: string, fundId: string): NewPlan {
  return {
    ...{ familyId, fundId, standard: family.standard, frequencyDays: FREQUENCY_DAYS[family.frequency] },
    standardReason: family.standard === 'welfare' ? welfareReason(family) : null,
    ...{ payDay: payDays.indexOf(family.payDay) + 1, supportFrom: family.support.from, supportTo: family.support.to },
    paidUpTo: family.paidUpTo,
  };
}

/** The file has no column for the standard's justification: the reasons of its top-ups are what the team wrote down. */
function welfareReason(family: FamilyInFile): string {
  const reasons = family.members.flatMap((member) => (member.topUp ? [member.topUp.reason] : []));
  return reasons.length > 0
    ? reasons.join('; ')
    : 'Taken over from the council’s earlier records with the welfare standard';
}

function topUpsIn(
  family: FamilyInFile,
  planId: string,
  memberIds: readonly string[],
): Omit<TopUpRow, 'id' | 'from' | 'to'>[] {
  return family.members.flatMap(({ topUp }, index) =>
    topUp
      ? [{ planId, memberId: memberIds[index] ?? null, weekly: topUp.weekly.toString(), reason: topUp.reason }]
      : [],
  );
}
