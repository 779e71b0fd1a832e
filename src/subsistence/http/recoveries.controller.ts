import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { answering } from '../../identity/index.ts';
import { Money } from '../../kernel/index.ts';
import { type Asked, AskedBy, day, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { DecideRecovery } from '../actions/decide-recovery.action.ts';
import { PauseRecovery } from '../actions/pause-recovery.action.ts';
import { ProposeRecovery } from '../actions/propose-recovery.action.ts';
import { seePlans } from '../actions/see-plans.ts';
import { SetRecoveryFloor } from '../actions/set-recovery-floor.action.ts';
import { listRecoveryFloors, type RecoveryFloorRow } from '../store/recovery-floor.store.ts';
import { overpaymentOwed } from '../store/overpayment.store.ts';
import { recoveriesOfOverpayment, type RecoveryRow } from '../store/recovery.store.ts';
import { type RecoveryDetail, recoveryDetail } from '../views/recoveries.view.ts';
import { weekly } from './plan-proposals.controller.ts';

const agreeing = z
  .object({
    ...{ weekly, startsOn: day, agreedOn: day, agreedWith: words(200), explainedIn: words(80), evidence: words(1000) },
  })
  .strict();
const approving = z.object({ reason: z.string().trim().max(500).default('') });
const saying = z.object({ reason: words(500) });
const flooring = z
  .object({
    percent: z.number().int().min(50).max(100),
    weekly: z
      .string()
      .regex(/^(0|[1-9]\d{0,5})(\.\d{1,2})?$/, 'Write pounds and pence as text, for example "30.00".')
      .transform((text) => Money.gbp(text)),
    reason: words(500),
  })
  .strict();

/** Recovering overpayments as families agreed to, and what always stays with them, over HTTP. */
@Controller()
export class RecoveriesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly propose: ProposeRecovery,
    private readonly decide: DecideRecovery,
    private readonly pause: PauseRecovery,
    private readonly floor: SetRecoveryFloor,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/overpayments/:id/recoveries', summary: 'What was agreed about an overpayment' },
    allowed: seePlans,
  })
  list(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ recoveries: RecoveryRow[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({
      recoveries: await recoveriesOfOverpayment(tx, (await overpaymentOwed(tx, number(id))).id),
    }));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/overpayments/:id/recoveries', status: 201 },
    summary: 'Propose what a family agreed to pay back',
    ...{ allowed: ProposeRecovery.allowed, body: agreeing, movesMoney: true },
  })
  agree(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ recoveryId: string }> {
    return this.propose.run(asked.actor, number(id), asked.body as z.output<typeof agreeing>, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/overpayments/:id/give-up', summary: 'Give up what is left to recover' },
    ...{ allowed: PauseRecovery.givers, body: saying, movesMoney: true },
  })
  giveUp(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ givenUp: string }> {
    return this.pause.giveUp(asked.actor, number(id), said(asked), asked.idempotency);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/recoveries/:id', summary: 'A recovery, and how much is paid back' },
    allowed: seePlans,
  })
  one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<RecoveryDetail> {
    return this.unitOfWork.read(asked.actor, (tx) => recoveryDetail(tx, number(id)));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/recoveries/:id/approve', summary: 'Approve a recovery as the second person' },
    ...{ allowed: DecideRecovery.allowed, body: approving },
  })
  approve(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ state: string }> {
    return this.decide.approve(asked.actor, number(id), said(asked));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/recoveries/:id/decline', summary: 'Decline a recovery with a reason' },
    ...{ allowed: DecideRecovery.allowed, body: saying },
  })
  decline(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ state: string }> {
    return this.decide.decline(asked.actor, number(id), said(asked));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/recoveries/:id/withdraw', summary: 'Take back a recovery not in effect yet' },
    ...{ allowed: ProposeRecovery.allowed, body: saying },
  })
  withdraw(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ state: string }> {
    return this.propose.withdraw(asked.actor, number(id), said(asked));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/recoveries/:id/pause', summary: 'Pause a recovery: payments are whole again' },
    ...{ allowed: PauseRecovery.allowed, body: saying, movesMoney: true },
  })
  stop(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ state: string }> {
    return this.pause.run(asked.actor, number(id), said(asked), asked.idempotency);
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/recovery-floors', summary: 'What always stays with a family that pays back' },
    allowed: seePlans,
  })
  async floors(@AskedBy() asked: Asked): Promise<{ floors: RecoveryFloorRow[] }> {
    return { floors: await this.unitOfWork.read(asked.actor, listRecoveryFloors) };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/recovery-floors', summary: 'Propose what always stays', status: 201 },
    ...{ allowed: SetRecoveryFloor.mayPropose, body: flooring },
  })
  proposeFloor(@AskedBy() asked: Asked): Promise<{ floorId: string }> {
    return this.floor.propose(asked.actor, asked.body as z.output<typeof flooring>, asked.idempotency);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/recovery-floors/:id/decision',
      summary: 'Confirm or refuse, as another person',
    },
    ...{ allowed: SetRecoveryFloor.mayDecide, body: answering },
  })
  decideFloor(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ state: string }> {
    return this.floor.decide(asked.actor, number(id), asked.body as z.output<typeof answering>, asked.idempotency);
  }
}

function said(asked: Asked): string {
  return (asked.body as { reason: string }).reason;
}
