import { defineProblem, type Role, roles } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

export const noSuchUser = defineProblem('no_such_user', {
  status: 404,
  title: 'There is no such person here',
  whatToDo: 'Check it, or add the person at /administration/people or with "npm run cli -- create-user".',
});

/** Finds a person by e-mail address. @throws no_such_user */
export async function userByEmail(
  tx: Transaction,
  email: string,
): Promise<{ id: string; name: string; roles: Role[] }> {
  const row = await tx.maybe<{ id: string; name: string; roles: Role[] }>(
    `select u.id, u.name, coalesce(array_agg(r.role) filter (where r.role is not null), '{}') as roles
       from identity.user_account u left join identity.user_role r on r.user_id = u.id and r.removed_at is null
      where u.email = lower($1) and u.active group by u.id, u.name`,
    [email],
  );
  if (!row) throw noSuchUser(`Nobody with the address "${email}" works here.`);
  return row;
}

/** Gives people's names by id, for pages and lists. */
export async function namesOf(tx: Transaction, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; name: string }>(
    `select id, name from identity.user_account where id = any ($1::bigint[])`,
    [ids.filter((id) => id !== null)],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Lists the people who work here and hold one of some roles, by name, for a choice of one. The operator is no person. */
export function activePeople(tx: Transaction, held: readonly Role[] = roles): Promise<{ id: string; name: string }[]> {
  return tx.query(
    `select id, name from identity.user_account u
      where active and email not like '%@mainstay.invalid' and exists (select from identity.user_role r
        where r.user_id = u.id and r.removed_at is null and r.role = any ($1::text[])) order by lower(name), id limit 500`,
    [held],
  );
}
