import type { Role } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { noSuchUser } from './users.view.ts';

/** A person of the council, as an administrator lists them. */
export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly team: string | null;
  readonly isActive: boolean;
  readonly isLocked: boolean;
  /** True of the account the command line imports under: nobody signs in with it. */
  readonly isOperator: boolean;
}

/** One person with everything an administrator may change. */
export interface PersonDetail extends PersonRow {
  readonly version: number;
  readonly teamId: string | null;
  readonly hasPassword: boolean;
  readonly hasSetUpCode: boolean;
  readonly sessions: number;
}

/** What narrows the list of people. */
export interface PeopleFilter {
  readonly role?: Role;
  readonly isActive?: boolean;
}

/** A token as it is listed: never its secret. */
export interface TokenRow {
  readonly id: string;
  readonly label: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly isInForce: boolean;
}

/** One change of a person's roles or account. */
export interface AccountChange {
  readonly what: 'role-given' | 'role-taken' | 'opened' | 'closed';
  readonly role: Role | null;
  readonly changedBy: string | null;
  readonly reason: string;
  readonly at: Date;
}

const PERSON = `u.id, u.name, u.email, u.active as "isActive",
  u.email like '%@mainstay.invalid' as "isOperator", t.name as team,
  coalesce(c.locked_until > now(), false) as "isLocked",
  coalesce((select array_agg(r.role order by r.role) from identity.user_role r
             where r.user_id = u.id and r.removed_at is null), '{}') as roles`;
const FROM = `from identity.user_account u left join identity.team t on t.id = u.team_id
  left join identity.credential c on c.user_id = u.id`;

/** Lists people in order of name. @param afterId the last person of the page before */
export function listPeople(
  tx: Transaction,
  { role, isActive }: PeopleFilter,
  afterId: string,
  limit: number,
): Promise<PersonRow[]> {
  return tx.query(
    `select ${PERSON} ${FROM}
      where ($1::bigint = 0 or (lower(u.name), u.id) > (select lower(name), id from identity.user_account where id = $1))
        and ($2::boolean is null or u.active = $2)
        and ($3::text is null or exists (select from identity.user_role r
              where r.user_id = u.id and r.role = $3 and r.removed_at is null))
      order by lower(u.name), u.id limit $4`,
    [afterId, isActive ?? null, role ?? null, limit],
  );
}

/** Shows one person. @throws no_such_user */
export async function personDetail(tx: Transaction, id: string): Promise<PersonDetail> {
  const row = await tx.maybe<PersonDetail>(
    `select ${PERSON}, u.version, u.team_id as "teamId", c.password_hash is not null as "hasPassword",
            coalesce(c.set_up_expires_at > now() and c.set_up_sha256 is not null, false) as "hasSetUpCode",
            (select count(*)::int from identity.session s where s.user_id = u.id and s.ended_at is null
                and s.expires_at > now() and s.proven_at is not null) as sessions
       ${FROM} where u.id = $1`,
    [id],
  );
  if (!row) throw noSuchUser('Nobody of this council has that number.');
  return row;
}

/** Lists a person's tokens, those in force first. */
export function tokensOf(tx: Transaction, userId: string): Promise<TokenRow[]> {
  return tx.query(
    `select id, label, created_at as "createdAt", expires_at as "expiresAt", revoked_at as "revokedAt",
            revoked_at is null and expires_at > now() as "isInForce"
       from identity.api_token where user_id = $1 order by "isInForce" desc, id desc limit 50`,
    [userId],
  );
}

/** Tells how a person came by their roles, the newest change first. */
export function accountChangesOf(tx: Transaction, userId: string): Promise<AccountChange[]> {
  return tx.query(
    `select what, role, changed_by as "changedBy", reason, at from identity.account_change
      where user_id = $1 order by id desc limit 50`,
    [userId],
  );
}
