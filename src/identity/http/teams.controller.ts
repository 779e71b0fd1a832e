import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { SaveTeam } from '../actions/save-team.action.ts';
import { seeAdministration } from '../actions/see-administration.ts';
import { listTeams, type TeamRow } from '../views/teams.view.ts';

const id = z.string().regex(/^\d{1,18}$/, 'Use a number.');
const newTeam = z.object({ name: words(80), leadId: id.nullable().default(null) });
const changedTeam = newTeam.extend({ isActive: z.boolean(), version: z.number().int() });
const membership = z.object({ teamId: id.nullable() });

/** Teams over HTTP, and who is in which. */
@Controller()
export class TeamsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly saveTeam: SaveTeam,
  ) {}

  @Route({ method: 'GET', path: '/api/v1/teams', summary: 'Teams', allowed: seeAdministration })
  teams(@AskedBy() asked: Asked): Promise<{ teams: TeamRow[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ teams: await listTeams(tx) }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/teams', summary: 'Add a team', status: 201 },
    ...{ allowed: SaveTeam.allowed, body: newTeam },
  })
  add(@AskedBy() asked: Asked): Promise<{ teamId: string }> {
    const { name, leadId } = asked.body as z.output<typeof newTeam>;
    return this.saveTeam.add(asked.actor, { name, leadId, isActive: true }, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/teams/:id', summary: 'Change a team' },
    ...{ allowed: SaveTeam.allowed, body: changedTeam },
  })
  async change(@AskedBy() asked: Asked, @Param('id') teamId: string): Promise<{ teamId: string }> {
    const { version, ...team } = asked.body as z.output<typeof changedTeam>;
    await this.saveTeam.change(asked.actor, number(teamId), team, version);
    return { teamId };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/people/:id/team', summary: 'Put a person into a team, or into none' },
    ...{ allowed: SaveTeam.allowed, body: membership },
  })
  async put(@AskedBy() asked: Asked, @Param('id') userId: string): Promise<{ teamId: string | null }> {
    const { teamId } = asked.body as z.output<typeof membership>;
    await this.saveTeam.put(asked.actor, number(userId), teamId);
    return { teamId };
  }
}
