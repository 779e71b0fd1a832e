import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { changedMeanwhile, noSuchTeam } from '../people-problems.ts';
import { lockPerson } from '../store/person.store.ts';

/** A team as it is to be. */
export interface TeamToSave {
  readonly name: string;
  /** The person who oversees its work, if somebody does. */
  readonly leadId: string | null;
  readonly isActive: boolean;
}

/** Makes and changes teams, and says who is in which, for an administrator. */
@Injectable()
export class SaveTeam {
  static readonly allowed: Allowed = { roles: ['administrator'], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @returns the team's number @throws team_exists */
  async add(actor: Actor, team: TeamToSave, idempotency?: Command['idempotency']): Promise<{ teamId: string }> {
    mustBeAllowed(actor, SaveTeam.allowed);
    return this.unitOfWork.run({ name: 'identity.add-team', actor, idempotency }, async (tx) => {
      const { id } = await tx.one<{ id: string }>(
        `insert into identity.team (authority_id, name, lead_id, active) values ($1, $2, $3, $4) returning id`,
        [actor.authorityId, team.name, team.leadId, team.isActive],
      );
      tx.audit({ action: 'identity.team-added', subjectKind: 'team', subjectId: id, detail: { lead: team.leadId } });
      return { teamId: id };
    });
  }

  /** Changes a team. @param version the one that was shown @throws no_such_team, changed_meanwhile, team_exists */
  async change(actor: Actor, teamId: string, team: TeamToSave, version: number): Promise<void> {
    mustBeAllowed(actor, SaveTeam.allowed);
    await this.unitOfWork.run({ name: 'identity.change-team', actor }, async (tx) => {
      const now = await lockTeam(tx, teamId);
      if (now.version !== version) throw changedMeanwhile('Another administrator changed this team.');
      await tx.query(
        `update identity.team set name = $2, lead_id = $3, active = $4, version = version + 1 where id = $1`,
        [teamId, team.name, team.leadId, team.isActive],
      );
      const detail = { lead: team.leadId, active: team.isActive };
      tx.audit({ action: 'identity.team-changed', subjectKind: 'team', subjectId: teamId, detail });
    });
  }

  /** Puts a person into a team, or into none. @throws no_such_user, no_such_team */
  async put(actor: Actor, userId: string, teamId: string | null): Promise<void> {
    mustBeAllowed(actor, SaveTeam.allowed);
    await this.unitOfWork.run({ name: 'identity.put-in-team', actor }, async (tx) => {
      if (teamId !== null) await lockTeam(tx, teamId);
      await lockPerson(tx, userId);
      await tx.query(`update identity.user_account set team_id = $2 where id = $1`, [userId, teamId]);
      const detail = { team: teamId };
      tx.audit({ action: 'identity.put-in-team', subjectKind: 'user', subjectId: userId, detail });
    });
  }
}

async function lockTeam(tx: Transaction, teamId: string): Promise<{ version: number }> {
  const row = await tx.maybe<{ version: number }>(`select version from identity.team where id = $1 for update`, [
    teamId,
  ]);
  if (!row) throw noSuchTeam('No team of this council has that number.');
  return row;
}
