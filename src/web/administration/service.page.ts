import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  activePeople,
  ChangeCouncil,
  councilSettings,
  listTeams,
  SaveTeam,
  seeAdministration,
  serviceStructures,
  teamDetail,
} from '../../identity/index.ts';
import { number, UnitOfWork, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { administrationUrls } from './administration.urls.ts';
import { holds, reason, version } from './answers.ts';
import { settingsWithChanges } from './changes.ts';
import { structureTerms } from './terms.ts';

const structureAnswers = z.object({ serviceStructure: z.enum(serviceStructures, 'Choose one.'), reason, version });
const teamAnswers = z.object({
  name: words(80),
  leadId: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  isActive: z.enum(['yes', 'no']).default('yes'),
  version: version.optional(),
});

/** How early action is organised here, and its teams. */
@Controller()
export class ServicePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly changeCouncil: ChangeCouncil,
    private readonly saveTeam: SaveTeam,
  ) {}

  @Page({
    ...{ method: 'GET', path: administrationUrls.service, title: 'Service and teams' },
    ...{ allowed: seeAdministration, audit: null },
  })
  async show(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      ...(await settingsWithChanges(tx, ['service_structure'])),
      teams: await listTeams(tx),
    }));
    return show('administration/service.njk', { ...data, structureTerms, mayChange: holds(visit, 'administrator') });
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.structure, title: 'How early action is organised' },
    ...{ allowed: ChangeCouncil.allowed, audit: null },
  })
  askStructure(@Visiting() visit: Visit): Promise<View> {
    return this.#structure(visit);
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.structure, title: 'How early action is organised' },
    ...{ allowed: ChangeCouncil.allowed, audit: 'identity.council-changed' },
  })
  takeStructure(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { serviceStructure, ...how } = read(structureAnswers, visit.form);
        await this.changeCouncil.run(visit.actor, { serviceStructure }, how, visit.idempotency);
        return goTo(administrationUrls.service, 'Families’ pages use the new word from now on.');
      },
      () => this.#structure(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.newTeam, title: 'Add a team' },
    ...{ allowed: SaveTeam.allowed, audit: null },
  })
  askNewTeam(@Visiting() visit: Visit): Promise<View> {
    return this.#team(visit);
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.newTeam, title: 'Add a team' },
    ...{ allowed: SaveTeam.allowed, audit: 'identity.team-added' },
  })
  takeNewTeam(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { name, leadId = null } = read(teamAnswers, visit.form);
        await this.saveTeam.add(visit.actor, { name, leadId, isActive: true }, visit.idempotency);
        return goTo(administrationUrls.service, 'The team is added. Put people into it from their own pages.');
      },
      () => this.#team(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: administrationUrls.team, title: 'A team', allowed: SaveTeam.allowed, audit: null },
  })
  askTeam(@Visiting() visit: Visit): Promise<View> {
    return this.#team(visit);
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.team, title: 'A team', allowed: SaveTeam.allowed },
    audit: 'identity.team-changed',
  })
  takeTeam(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { name, leadId = null, isActive, version: shown = 0 } = read(teamAnswers, visit.form);
        const team = { name, leadId, isActive: isActive === 'yes' };
        await this.saveTeam.change(visit.actor, number(visit.params.id ?? ''), team, shown);
        return goTo(administrationUrls.service, 'The team is changed.');
      },
      () => this.#team(visit),
    );
  }

  async #structure(visit: Visit): Promise<View> {
    const settings = await this.unitOfWork.read(visit.actor, councilSettings);
    return show('administration/structure.njk', { settings, structureTerms, values: visit.form });
  }

  async #team(visit: Visit): Promise<View> {
    const { id } = visit.params;
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      team: id === undefined ? undefined : await teamDetail(tx, number(id)),
      people: await activePeople(tx),
    }));
    return show('administration/team.njk', { ...data, values: visit.form });
  }
}
