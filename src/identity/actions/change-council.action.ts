import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, defineProblem, mustBeAllowed } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { contrastOnWhite, LEAST_CONTRAST } from '../domain/colour.ts';
import { checkNoticePolicy, type NoticePolicy } from '../domain/notice-policy.ts';
import { changedMeanwhile } from '../people-problems.ts';
import { type CouncilSettings, councilSettings } from '../views/council.view.ts';

/** What of the council's settings is to be otherwise; what is left out stays. */
export type CouncilToBe = Partial<
  NoticePolicy &
    Pick<
      CouncilSettings,
      'division' | 'leadDays' | 'coolOffDays' | 'serviceStructure' | 'displayName' | 'colour' | 'contact'
    >
>;

/** Tells an administrator that white words on a colour could not be read. */
export const colourTooPale = defineProblem('colour_too_pale', {
  status: 422,
  title: 'White words on this colour cannot be read well enough',
  whatToDo: `Choose a darker colour: its contrast against white must be at least ${LEAST_CONTRAST} to 1.`,
});

/** Changes the council's own settings, with a reason, for an administrator. Every version stays on record. */
@Injectable()
export class ChangeCouncil {
  static readonly allowed: Allowed = { roles: ['administrator'] };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @param version the one that was shown @throws changed_meanwhile, colour_too_pale, notice_policy_refused */
  async run(
    actor: Actor,
    change: CouncilToBe,
    { version, reason }: { readonly version: number; readonly reason: string },
    idempotency?: Command['idempotency'],
  ): Promise<{ version: number }> {
    mustBeAllowed(actor, ChangeCouncil.allowed);
    if (change.colour !== undefined) mustBeReadable(change.colour);
    checkNoticePolicy(change);
    return this.unitOfWork.run({ name: 'identity.change-council', actor, idempotency }, async (tx) => {
      await tx.query(`select 1 from identity.authority where authority_id = $1 for update`, [actor.authorityId]);
      const now = await councilSettings(tx);
      if (now.version !== version) throw changedMeanwhile('Another administrator changed these settings.');
      await tx.because(reason);
      const next = { ...now, ...change };
      await save(tx, next);
      const detail = { version: version + 1, changed: Object.keys(change) };
      tx.audit({ action: 'identity.council-changed', subjectKind: 'council', subjectId: actor.authorityId, detail });
      return { version: version + 1 };
    });
  }
}

async function save(tx: Transaction, next: CouncilSettings): Promise<void> {
  await tx.query(
    `update identity.authority set version = version + 1, division = $2, lead_days = $3, cool_off_days = $4,
            notice_days = $5, service_structure = $6, display_name = $7, colour = $8, contact = $9,
            ending_notice_days = $10, pay_day_change_needs_approval = $11, help_phone = $12, help_email = $13,
            return_address = $14, postage = $15, letters_printed_here = $16,
            review_ask_days = $17, review_answer_days = $18
      where authority_id = $1`,
    [
      ...[next.authorityId, next.division, next.leadDays, next.coolOffDays, next.noticeDays],
      ...[next.serviceStructure, next.displayName, next.colour, next.contact, next.endingNoticeDays],
      ...[
        next.payDayChangeNeedsApproval,
        next.helpPhone,
        next.helpEmail,
        next.returnAddress,
        next.postage,
        next.lettersPrintedHere,
      ],
      ...[next.reviewAskDays, next.reviewAnswerDays],
    ],
  );
}

function mustBeReadable(colour: string): void {
  const contrast = contrastOnWhite(colour);
  if (contrast >= LEAST_CONTRAST) return;
  const reason = `The contrast of ${colour} against white is ${contrast.toFixed(2)} to 1.`;
  throw colourTooPale(reason, [{ field: 'colour', reason, whatToDo: 'Choose a darker one.' }]);
}
