import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ChangeCouncil, contrastOnWhite, seeAdministration } from '../../identity/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { administrationUrls } from './administration.urls.ts';
import { holds, reason, version } from './answers.ts';
import { settingsWithChanges } from './changes.ts';

const answers = z.object({
  displayName: z.string().trim().max(80, 'Use at most 80 characters.').optional(),
  colour: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, 'Write a colour as # and six digits or letters a to f, such as #1d4f5c.'),
  contact: z.string().trim().max(400, 'Use at most 400 characters.').default(''),
  ...{ reason, version },
});

/** The council's name, colour and contact lines, as every page shows them. */
@Controller()
export class BrandingPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly changeCouncil: ChangeCouncil,
  ) {}

  @Page({
    ...{ method: 'GET', path: administrationUrls.branding, title: 'Branding' },
    ...{ allowed: seeAdministration, audit: null },
  })
  show(@Visiting() visit: Visit): Promise<View> {
    return this.#form(visit);
  }

  @Page({
    ...{ method: 'POST', path: administrationUrls.branding, title: 'Branding' },
    ...{ allowed: ChangeCouncil.allowed, audit: 'identity.council-changed' },
  })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { displayName = null, colour, contact, ...how } = read(answers, visit.form);
        const change = { displayName, colour, contact: contact.replaceAll('\r\n', '\n') };
        await this.changeCouncil.run(visit.actor, change, how, visit.idempotency);
        return goTo(administrationUrls.branding, 'Changed. Every page of your council shows it now.');
      },
      () => this.#form(visit),
    );
  }

  async #form(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, (tx) =>
      settingsWithChanges(tx, ['display_name', 'colour', 'contact']),
    );
    return show('administration/branding.njk', {
      ...{ ...data, contrast: contrastOnWhite(data.settings.colour).toFixed(2), values: visit.form },
      mayChange: holds(visit, 'administrator'),
    });
  }
}
