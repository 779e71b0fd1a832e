import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { type AgencyClosed, KeepAgency } from '../actions/keep-agency.action.ts';
import { agencyDetail, type AgencyRow, listAgencies, type PartnerRow } from '../views/agencies.view.ts';

const newAgency = z.object({ name: words(120), contact: words(300) });
const newPartner = z.object({ email: z.email().max(200), name: words(100) });
const closing = z.object({ reason: words(500) });

/** Partner agencies over HTTP, and who signs in for them. */
@Controller()
export class AgenciesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keep: KeepAgency,
  ) {}

  @Route({ method: 'GET', path: '/api/v1/agencies', summary: 'Partner agencies', allowed: KeepAgency.seen })
  list(@AskedBy() asked: Asked): Promise<{ agencies: AgencyRow[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ agencies: await listAgencies(tx) }));
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/agencies/:id', summary: 'An agency and its people' },
    allowed: KeepAgency.seen,
  })
  show(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ agency: AgencyRow; people: PartnerRow[] }> {
    return this.unitOfWork.run({ name: 'identity.see-agency', actor: asked.actor }, async (tx) => {
      tx.audit({ action: 'identity.agency-seen', subjectKind: 'agency', subjectId: number(id) });
      return agencyDetail(tx, id);
    });
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/agencies', summary: 'Let an agency in', status: 201 },
    ...{ allowed: KeepAgency.allowed, body: newAgency },
  })
  add(@AskedBy() asked: Asked): Promise<{ agencyId: string }> {
    return this.keep.add(asked.actor, asked.body as z.output<typeof newAgency>, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/agencies/:id/people', summary: 'Add somebody of an agency', status: 201 },
    ...{ allowed: KeepAgency.allowed, body: newPartner },
  })
  addPerson(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ userId: string }> {
    const person = asked.body as z.output<typeof newPartner>;
    return this.keep.addPerson(asked.actor, number(id), person, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/agencies/:id/close', summary: 'Close an agency; its referrals go on' },
    ...{ allowed: KeepAgency.allowed, body: closing },
  })
  close(@AskedBy() asked: Asked, @Param('id') id: string): Promise<AgencyClosed> {
    return this.keep.close(asked.actor, number(id), (asked.body as z.output<typeof closing>).reason);
  }
}
