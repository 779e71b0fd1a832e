import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { agencyClosed, noSuchAgency } from '../agency-problems.ts';
import { endSessionsOf } from '../store/session.store.ts';
import { endTokensOf } from '../store/token.store.ts';

/** What closing an agency did. */
export interface AgencyClosed {
  readonly people: number;
  readonly sessions: number;
  readonly tokens: number;
}

/** Lets partner agencies in and their people, and closes an agency again, for an administrator. */
@Injectable()
export class KeepAgency {
  static readonly allowed: Allowed = { roles: ['administrator'], machine: true };
  /** Who may look at agencies. */
  static readonly seen: Allowed = { roles: ['administrator', 'auditor'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the agency's number @throws agency_exists */
  async add(
    actor: Actor,
    agency: { readonly name: string; readonly contact: string },
    idempotency?: Command['idempotency'],
  ): Promise<{ agencyId: string }> {
    mustBeAllowed(actor, KeepAgency.allowed);
    return this.unitOfWork.run({ name: 'identity.add-agency', actor, idempotency }, async (tx) => {
      const { id } = await tx.one<{ id: string }>(
        `insert into identity.agency (authority_id, name, contact) values ($1, $2, $3) returning id`,
        [actor.authorityId, agency.name, agency.contact],
      );
      tx.audit({ action: 'identity.agency-added', subjectKind: 'agency', subjectId: id });
      return { agencyId: id };
    });
  }

  /** Adds somebody who signs in for an agency. @returns their number @throws user_exists, agency_closed, no_such_agency */
  async addPerson(
    actor: Actor,
    agencyId: string,
    person: { readonly email: string; readonly name: string },
    idempotency?: Command['idempotency'],
  ): Promise<{ userId: string }> {
    mustBeAllowed(actor, KeepAgency.allowed);
    return this.unitOfWork.run({ name: 'identity.add-partner', actor, idempotency }, async (tx) => {
      await lockOpenAgency(tx, agencyId);
      const { id } = await tx.one<{ id: string }>(
        `insert into identity.user_account (authority_id, email, name, agency_id) values ($1, lower($2), $3, $4) returning id`,
        [actor.authorityId, person.email, person.name, agencyId],
      );
      await tx.because('Added for a partner agency');
      await tx.query(`insert into identity.user_role (authority_id, user_id, role) values ($1, $2, 'partner')`, [
        ...[actor.authorityId, id],
      ]);
      const detail = { agency: agencyId };
      tx.audit({ action: 'identity.partner-added', subjectKind: 'user', subjectId: id, detail });
      return { userId: id };
    });
  }

  /** Closes an agency: nobody signs in for it again; what it referred stays and goes on. @throws agency_closed, no_such_agency */
  async close(actor: Actor, agencyId: string, reason: string): Promise<AgencyClosed> {
    mustBeAllowed(actor, KeepAgency.allowed);
    return this.unitOfWork.run({ name: 'identity.close-agency', actor }, async (tx) => {
      await lockOpenAgency(tx, agencyId);
      await tx.query(
        `update identity.agency set closed_on = $2, closed_because = $3, version = version + 1 where id = $1`,
        [agencyId, tx.today, reason],
      );
      const detail = await endAccess(tx, agencyId);
      tx.audit({ action: 'identity.agency-closed', subjectKind: 'agency', subjectId: agencyId, detail: { ...detail } });
      return detail;
    });
  }
}

async function lockOpenAgency(tx: Transaction, agencyId: string): Promise<void> {
  const row = await tx.maybe<{ closed: boolean }>(
    `select closed_on is not null as closed from identity.agency where id = $1 for update`,
    [agencyId],
  );
  if (!row) throw noSuchAgency('No agency of this council has that number.');
  if (row.closed) throw agencyClosed('It was closed before.');
}

async function endAccess(tx: Transaction, agencyId: string): Promise<AgencyClosed> {
  const people = await tx.query<{ id: string }>(`select id from identity.user_account where agency_id = $1`, [
    agencyId,
  ]);
  let [sessions, tokens] = [0, 0];
  for (const { id } of people) {
    sessions += await endSessionsOf(tx, id, 'the agency was closed');
    tokens += await endTokensOf(tx, id);
  }
  return { people: people.length, sessions, tokens };
}
