import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Answer, answering, seeAdministration } from '../../identity/index.ts';
import { type Asked, AskedBy, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { ProposeOriginator } from '../actions/propose-originator.action.ts';
import { type OriginatorShown, originatorShown, type OriginatorWaiting } from '../views/originator.view.ts';

/** Who the council is to be to the bank, as a person writes it. */
export const originatorAnswers = z.object({
  serviceUserNumber: z.string().regex(/^\d{6}$/, 'Give six digits.'),
  sortCode: z
    .string()
    .transform((text) => text.replaceAll(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'Give six digits.')),
  accountNumber: z.string().regex(/^\d{8}$/, 'Give eight digits.'),
  accountName: words(18),
  referencePrefix: z
    .string()
    .regex(/^[A-Z0-9]{1,6}$/, 'Give one to six capitals or digits.')
    .refine(
      (text) => !/NRPF|S17|SEC|CHILD|ASYL|COUNC|BENEF|MONEY|IMMI/.test(text),
      'It stands on families’ statements: it must not say why.',
    ),
  reason: words(500),
});

/** The paying account over HTTP, by its last digits only. */
@Controller()
export class OriginatorController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly propose: ProposeOriginator,
  ) {}

  @Route({
    method: 'GET',
    path: '/api/v1/originator',
    summary: 'Who the council is to the bank',
    allowed: seeAdministration,
  })
  show(@AskedBy() asked: Asked): Promise<{ now: OriginatorShown | null; waiting: OriginatorWaiting | null }> {
    return this.unitOfWork.read(asked.actor, originatorShown);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/originator/proposals', summary: 'Propose another paying account', status: 201 },
    ...{ allowed: ProposeOriginator.allowed, body: originatorAnswers },
  })
  proposeIt(@AskedBy() asked: Asked): Promise<{ proposalId: string }> {
    const { reason, ...originator } = asked.body as z.output<typeof originatorAnswers>;
    return this.propose.run(asked.actor, originator, reason, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/originator/proposals/:id/decision', summary: 'Approve or refuse it' },
    ...{ allowed: ProposeOriginator.deciders, body: answering },
  })
  decide(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ outcome: Answer['outcome'] }> {
    return this.propose.decide(asked.actor, number(id), asked.body as z.output<typeof answering>, asked.idempotency);
  }
}
