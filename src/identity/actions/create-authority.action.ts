import type { DataSource } from 'typeorm';
import { defineProblem } from '../../kernel/index.ts';
import { checkNoticePolicy } from '../domain/notice-policy.ts';

/** A council to be set up. */
export interface NewAuthority {
  readonly slug: string;
  readonly name: string;
  readonly division: 'england-and-wales' | 'scotland' | 'northern-ireland';
  readonly leadDays?: number;
  readonly coolOffDays?: number;
  /** Where families ask for help, and the lines its letters come from; an administrator can write them later. */
  readonly helpPhone?: string;
  readonly returnAddress?: readonly string[];
}

/** Tells an operator that a council of that short name is already here. */
export const councilExists = defineProblem('council_exists', {
  status: 409,
  title: 'That council is already here',
  whatToDo: 'Choose another short name, or use the one that is here.',
});

/**
 * Makes a council, for an operator with the owner's connection: the application role cannot.
 * @returns its id @throws council_exists, notice_policy_refused
 */
export async function createAuthority(owner: DataSource, council: NewAuthority): Promise<string> {
  checkNoticePolicy({ helpPhone: council.helpPhone ?? null, returnAddress: council.returnAddress ?? null });
  const rows: { authority_id: number }[] = await owner.query(
    `insert into identity.authority (slug, name, division, lead_days, cool_off_days, help_phone, return_address)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict on constraint uq_authority_slug do nothing returning authority_id`,
    [
      ...[council.slug, council.name, council.division, council.leadDays ?? 3, council.coolOffDays ?? 3],
      ...[council.helpPhone, council.returnAddress],
    ],
  );
  if (!rows[0]) throw councilExists(`"${council.slug}" is taken.`);
  return String(rows[0].authority_id);
}
