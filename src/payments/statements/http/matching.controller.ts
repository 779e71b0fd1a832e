import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Answer, answering } from '../../../identity/index.ts';
import { Money } from '../../../kernel/index.ts';
import { type Asked, AskedBy, number, Route, UnitOfWork, words } from '../../../platform/index.ts';
import type { Answered } from '../actions/answer-request.ts';
import { MatchByHand } from '../actions/match-by-hand.action.ts';
import { OwnException } from '../actions/own-exception.action.ts';
import { writeOffCategories, WriteOffLine } from '../actions/write-off.action.ts';
import { type BankLineDetail, bankLineDetail, writeOffsWaiting, type WriteOffShown } from '../views/bank-line.view.ts';
import { type BankException, bankExceptions, exceptionKinds } from '../views/exceptions.view.ts';
import { openExpected, type OpenExpected } from '../views/expected.view.ts';
import { seeReconciliation } from '../views/statements.view.ts';
import { type ThreeWayProof, threeWayProof } from '../views/three-way.view.ts';

const money = z
  .string()
  .regex(/^(0|[1-9]\d{0,11})\.\d{2}$/, 'Write pounds and pence, for example 49.18.')
  .transform((text) => Money.gbp(text));
const id = z.string().regex(/^\d{1,18}$/, 'Use a number this API gave you.');
const matching = z.object({
  parts: z
    .array(z.object({ source: words(40), documentId: id, amount: money }))
    .min(1)
    .max(1000),
  note: words(500),
});
const takingBack = z.object({ reason: words(500) });
const writingOff = z.object({ amount: money, category: z.enum(writeOffCategories), reason: words(500) });
const owning = z.object({
  ...{ kind: z.enum(exceptionKinds), subjectId: id, ownerId: id },
  note: z.string().trim().max(500).default(''),
});
const paging = z.object({
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});

/** What does not tie, over HTTP: one line with what it may be, matched by hand, taken back, written off; who looks after it. */
@Controller()
export class MatchingController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matchByHand: MatchByHand,
    private readonly writeOff: WriteOffLine,
    private readonly own: OwnException,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/bank-lines/:id', summary: 'One line: what it is matched to, what it may be' },
    allowed: seeReconciliation,
  })
  line(@AskedBy() asked: Asked, @Param('id') line: string): Promise<BankLineDetail> {
    return this.unitOfWork.read(asked.actor, (tx) => bankLineDetail(tx, number(line)));
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/bank-lines/:id/matches',
      summary: 'Match a line by hand, in parts',
      status: 201,
    },
    ...{ allowed: MatchByHand.allowed, body: matching, movesMoney: true },
  })
  match(@AskedBy() asked: Asked, @Param('id') line: string): Promise<{ matchIds: string[] }> {
    const { parts, note } = asked.body as z.output<typeof matching>;
    return this.matchByHand.run(asked.actor, number(line), parts, note, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/bank-matches/:id/taking-back', summary: 'Take a match back, by adding' },
    ...{ allowed: MatchByHand.allowed, body: takingBack, movesMoney: true },
  })
  takeBack(@AskedBy() asked: Asked, @Param('id') match: string): Promise<{ lineId: string }> {
    const { reason } = asked.body as z.output<typeof takingBack>;
    return this.matchByHand.takeBack(asked.actor, number(match), reason, asked.idempotency);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/bank-lines/:id/write-offs',
      summary: 'Propose to write off what is left',
      status: 201,
    },
    ...{ allowed: WriteOffLine.allowed, body: writingOff, movesMoney: true },
  })
  propose(@AskedBy() asked: Asked, @Param('id') line: string): Promise<{ writeOffId: string }> {
    return this.writeOff.propose(
      asked.actor,
      number(line),
      asked.body as z.output<typeof writingOff>,
      asked.idempotency,
    );
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/write-offs', summary: 'What waits for a second person to write it off' },
    allowed: { roles: ['finance', 'administrator', 'auditor'] },
  })
  writeOffs(@AskedBy() asked: Asked): Promise<{ writeOffs: WriteOffShown[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ writeOffs: await writeOffsWaiting(tx) }));
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/write-offs/:id/decision',
      summary: 'Approve or refuse it, as the second person',
    },
    ...{ allowed: WriteOffLine.deciders, body: answering, movesMoney: true },
  })
  decide(@AskedBy() asked: Asked, @Param('id') writeOff: string): Promise<{ outcome: Answered }> {
    return this.writeOff.decide(asked.actor, number(writeOff), asked.body as Answer, asked.idempotency);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/bank-exceptions', summary: 'What does not tie, the oldest first' },
    ...{ allowed: seeReconciliation, query: paging },
  })
  async exceptions(@AskedBy() asked: Asked): Promise<{ exceptions: BankException[] }> {
    const page = asked.query as z.output<typeof paging>;
    return this.unitOfWork.read(asked.actor, async (tx) => ({ exceptions: await bankExceptions(tx, page) }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/bank-exceptions/owner', summary: 'Say who looks after an exception' },
    ...{ allowed: OwnException.allowed, body: owning },
  })
  owner(@AskedBy() asked: Asked): Promise<{ ownerId: string }> {
    const { kind, subjectId, ...said } = asked.body as z.output<typeof owning>;
    return this.own.run(asked.actor, { kind, subjectId }, said, asked.idempotency);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/expected-on-bank', summary: 'What the bank is to show and has not' },
    allowed: seeReconciliation,
  })
  expected(@AskedBy() asked: Asked): Promise<{ expected: OpenExpected[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ expected: await openExpected(tx) }));
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/three-way-proof', summary: 'Ledger, files and statements beside each other' },
    allowed: seeReconciliation,
  })
  proof(@AskedBy() asked: Asked): Promise<ThreeWayProof> {
    return this.unitOfWork.read(asked.actor, threeWayProof);
  }
}
