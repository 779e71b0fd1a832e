import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { plainDate } from '../../kernel/index.ts';
import { type Asked, AskedBy, day, number, pageQuery, Route, UnitOfWork, words } from '../../platform/index.ts';
import { seeFamilies } from '../actions/see-families.ts';
import { ChangeMembers } from '../actions/change-members.action.ts';
import { DecideBankDetails } from '../actions/decide-bank-details.action.ts';
import { ProposeBankDetails } from '../actions/propose-bank-details.action.ts';
import { type FamilyDetail, familyDetail, type FamilySummary, listFamilies } from '../views/families.view.ts';

const bankDetails = z.object({ sortCode: z.string(), accountNumber: z.string(), accountName: words(100) });
const decision = z.object({ outcome: z.enum(['approve', 'refuse']) });
const newMember = z.object({
  relationship: z.enum(['partner', 'child', 'other']),
  name: words(100),
  born: day.nullable().default(null),
  joinedOn: day.nullable().default(null),
});
const leaving = z.object({ leftOn: day });
const pregnancyEnding = z.object({ endedOn: day });

/** Families over HTTP. */
@Controller()
export class FamiliesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly propose: ProposeBankDetails,
    private readonly decide: DecideBankDetails,
    private readonly members: ChangeMembers,
  ) {}

  @Route({
    method: 'GET',
    path: '/api/v1/families',
    summary: 'Families, a page at a time',
    allowed: seeFamilies,
    query: pageQuery,
  })
  async list(@AskedBy() asked: Asked): Promise<{ families: FamilySummary[]; next: string | null }> {
    const { after, limit } = asked.query as z.output<typeof pageQuery>;
    const families = await this.unitOfWork.read(asked.actor, (tx) => listFamilies(tx, after, limit));
    return { families, next: families.length === limit ? (families.at(-1)?.id ?? null) : null };
  }

  @Route({
    method: 'GET',
    path: '/api/v1/families/:id',
    summary: 'One family; the look is on record',
    allowed: seeFamilies,
  })
  show(@AskedBy() asked: Asked, @Param('id') id: string): Promise<FamilyDetail> {
    const command = { name: 'families.see-family', actor: asked.actor };
    return this.unitOfWork.run(command, (tx) => familyDetail(tx, number(id)));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/families/:id/bank-details', summary: 'Propose new bank details', status: 201 },
    ...{ allowed: ProposeBankDetails.allowed, body: bankDetails },
  })
  proposeDetails(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ bankDetailsId: string }> {
    return this.propose.run(asked.actor, number(id), asked.body as z.output<typeof bankDetails>);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/bank-details/:id/decision', summary: 'Approve or refuse bank details' },
    ...{ allowed: DecideBankDetails.allowed, body: decision },
  })
  decideDetails(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ usableFrom: string | null }> {
    return this.decide.run(asked.actor, number(id), (asked.body as z.output<typeof decision>).outcome);
  }

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
    const { leftOn } = asked.body as z.output<typeof leaving>;
    await this.members.leave(asked.actor, number(id), plainDate(leftOn));
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
}
