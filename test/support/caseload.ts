import type { INestApplicationContext } from '@nestjs/common';
import { ApprovePlans, ImportFamilies } from '../../src/subsistence/index.ts';
import { Clock } from '../../src/platform/index.ts';
import { familyFileOf, type RowOfFamilyFile } from './family-file-writer.ts';
import type { TestCouncil } from './test-council.ts';

/** The pay date of the first run in the tests: a Thursday. Families are paid up to it. */
export const FIRST_PAY_DATE = '2026-11-26';

let account = 10_000_000;

/** Writes one family as rows of a family file: an adult with an account of her own, and whatever is said besides. */
export function familyRows(
  reference: string,
  lead: RowOfFamilyFile = {},
  ...members: RowOfFamilyFile[]
): RowOfFamilyFile[] {
  account += 1;
  const first: RowOfFamilyFile = {
    ...{ member_name: `Lead of ${reference}`, date_of_birth: '1990-05-04', relationship: 'lead' },
    ...{ pay_day: 'thursday', support_from: '2026-09-03', paid_up_to: FIRST_PAY_DATE },
    ...{ sort_code: '000014', account_number: String(account), account_name: `Lead ${reference}` },
    ...lead,
  };
  return [first, ...members].map((row) => ({ ...row, family_reference: reference }));
}

/** A child's row. */
export function child(born: string, more: RowOfFamilyFile = {}): RowOfFamilyFile {
  return { member_name: `Child of ${born}`, date_of_birth: born, relationship: 'child', ...more };
}

/** Takes families in from file rows as the caseworker, and has the manager approve their plans. */
export async function takeIn(
  app: INestApplicationContext,
  council: TestCouncil,
  rows: readonly RowOfFamilyFile[],
): Promise<void> {
  const bytes = familyFileOf(rows);
  await app.get(ImportFamilies).run(council.actors.caseworker, bytes, app.get(Clock).today());
  await app.get(ApprovePlans).all(council.actors.manager, 'Test');
}
