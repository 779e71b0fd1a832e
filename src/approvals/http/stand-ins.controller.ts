import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import type { PlainDate } from '../../kernel/index.ts';
import { type Asked, AskedBy, day, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { NameStandIn } from '../actions/name-stand-in.action.ts';
import { seeApprovalRules } from '../actions/see-approvals.ts';
import { listStandIns, type StandInShown } from '../views/stand-ins.view.ts';

const naming = z.object({
  standInId: z.string().regex(/^\d{1,18}$/, 'Give the number of a person.'),
  firstDay: day,
  lastDay: day,
  reason: words(500),
});

/** Stand-ins over HTTP: who signs in whose place, and when. */
@Controller()
export class StandInsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly standIns: NameStandIn,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/stand-ins', summary: 'Who stands in for whom' },
    allowed: seeApprovalRules,
  })
  async list(@AskedBy() asked: Asked): Promise<{ standIns: StandInShown[] }> {
    return { standIns: await this.unitOfWork.read(asked.actor, (tx) => listStandIns(tx)) };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/stand-ins', summary: 'Name who signs in your place', status: 201 },
    ...{ allowed: NameStandIn.allowed, body: naming },
  })
  name(@AskedBy() asked: Asked): Promise<{ standInId: string }> {
    return this.standIns.run(asked.actor, asked.body as z.output<typeof naming>, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/stand-ins/:id/end', summary: 'End it today' },
    allowed: NameStandIn.mayEnd,
  })
  end(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ endedOn: PlainDate }> {
    return this.standIns.end(asked.actor, number(id), asked.idempotency);
  }
}
