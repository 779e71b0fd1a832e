import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { plainDate } from '../../kernel/index.ts';
import { type Asked, AskedBy, day, number, Route, words } from '../../platform/index.ts';
import { ChangeMembers } from '../actions/change-members.action.ts';
import { CorrectBirth } from '../actions/correct-birth.action.ts';
import { ExpectBaby } from '../actions/expect-baby.action.ts';

const newMember = z.object({
  relationship: z.enum(['partner', 'child', 'other']),
  name: words(100),
  born: day.nullable().default(null),
  joinedOn: day.nullable().default(null),
});
const leaving = z.object({ leftOn: day, version: z.number().int().optional() });
const pregnancyEnding = z.object({ endedOn: day });
const expecting = z.object({ due: day });
const correcting = z.object({ born: day, reason: words(300), version: z.number().int() });

/** The people of families over HTTP. */
@Controller()
export class MembersController {
  constructor(
    private readonly members: ChangeMembers,
    private readonly expect: ExpectBaby,
    private readonly correct: CorrectBirth,
  ) {}

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/families/:id/members',
      summary: 'Somebody joins a family',
      status: 201,
      movesMoney: true,
    },
    ...{ allowed: ChangeMembers.allowed, body: newMember },
  })
  addMember(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ memberId: string }> {
    return this.members.add(asked.actor, number(id), asked.body as z.output<typeof newMember>, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/members/:id/leaving', summary: 'Somebody leaves a family' },
    ...{ allowed: ChangeMembers.allowed, body: leaving },
  })
  async memberLeaves(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ leftOn: string }> {
    const { leftOn, version } = asked.body as z.output<typeof leaving>;
    await this.members.leave(asked.actor, number(id), plainDate(leftOn), version);
    return { leftOn };
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/members/:id/pregnancy-ended',
      summary: 'A pregnancy has ended, however it did',
    },
    ...{ allowed: ChangeMembers.allowed, body: pregnancyEnding },
  })
  async pregnancyEnded(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ endedOn: string }> {
    const { endedOn } = asked.body as z.output<typeof pregnancyEnding>;
    await this.members.pregnancyEnded(asked.actor, number(id), endedOn);
    return { endedOn };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/families/:id/expected-babies', summary: 'A baby is expected', status: 201 },
    ...{ allowed: ExpectBaby.allowed, body: expecting, movesMoney: true },
  })
  expectBaby(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ memberId: string }> {
    const { due } = asked.body as z.output<typeof expecting>;
    return this.expect.run(asked.actor, number(id), due, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/members/:id/birth', summary: 'A date of birth was written down wrong' },
    ...{ allowed: CorrectBirth.allowed, body: correcting },
  })
  correctBirth(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ born: string }> {
    return this.correct.run(asked.actor, number(id), asked.body as z.output<typeof correcting>);
  }
}
