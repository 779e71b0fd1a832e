import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail } from '../../families/index.ts';
import { isPlainDate } from '../../kernel/index.ts';
import { messagesAhead } from '../../notices/index.ts';
import { Drafts, number, UnitOfWork, words } from '../../platform/index.ts';
import { ProposeRecovery, type RecoveryAgreed, RecoveryPreviews } from '../../subsistence/index.ts';
import {
  attempt,
  type Form,
  goTo,
  Page,
  type PageAnswer,
  read,
  show,
  type View,
  type Visit,
  Visiting,
} from '../pages/index.ts';
import { dayOf, poundsAWeek } from '../plans/answers-read.ts';
import { at, recoveryUrls } from './recoveries.urls.ts';

const LOOK = {
  allowed: ProposeRecovery.allowed,
  audit: 'subsistence.overpayment-seen',
  subject: 'overpayment',
} as const;
const DEED = { allowed: ProposeRecovery.allowed, audit: 'subsistence.recovery-proposed' } as const;
const answers = z.object({
  weekly: poundsAWeek,
  startsOn: z.string('Choose the first smaller payment.').refine(isPlainDate, 'Choose the first smaller payment.'),
  agreedWith: words(200),
  explainedIn: words(80),
  evidence: words(1000),
});

/** What somebody is about to propose: as typed, and as read. */
interface RecoveryDraft {
  readonly form: Form;
  readonly agreed: RecoveryAgreed;
}

/** Writing down what a family agreed to pay back, looking at what it does, and proposing it. */
@Controller()
export class AgreeRecoveryPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: Drafts,
    private readonly propose: ProposeRecovery,
    private readonly previews: RecoveryPreviews,
  ) {}

  @Page({ ...{ method: 'GET', path: recoveryUrls.agree, title: 'Agree recovery with a family' }, ...LOOK })
  async ask(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    const draft = await this.drafts.find<RecoveryDraft>(visit.actor, draftName(id));
    return attempt(
      () => this.#form(visit, draft?.form ?? {}),
      () => Promise.resolve(show('recoveries/not-yet.njk', { id })),
    );
  }

  @Page({ ...{ method: 'POST', path: recoveryUrls.agree, title: 'Say what a family agreed to' }, ...DEED })
  take(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        const agreedOn = dayOf(visit.form, 'agreedOn', 'Enter the day it was agreed.');
        const agreed = { ...read(answers, visit.form), agreedOn } as RecoveryAgreed;
        await this.unitOfWork.read(visit.actor, (tx) => this.propose.check(tx, id, agreed));
        await this.drafts.keep(visit.actor, draftName(id), { form: visit.form, agreed } satisfies RecoveryDraft);
        return goTo(at(recoveryUrls.check, id));
      },
      () => this.#form(visit, visit.form),
    );
  }

  @Page({ ...{ method: 'GET', path: recoveryUrls.check, title: 'Check a recovery before you propose it' }, ...LOOK })
  async check(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    const draft = await this.drafts.find<RecoveryDraft>(visit.actor, draftName(id));
    return draft ? this.#check(visit, id, draft) : goTo(at(recoveryUrls.agree, id));
  }

  @Page({ ...{ method: 'POST', path: recoveryUrls.check, title: 'Propose a recovery' }, ...DEED })
  async send(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    const draft = await this.drafts.find<RecoveryDraft>(visit.actor, draftName(id));
    if (!draft) return goTo(at(recoveryUrls.agree, id));
    return attempt(
      async () => {
        const { recoveryId } = await this.propose.run(visit.actor, id, draft.agreed, visit.idempotency);
        await this.drafts.discard(visit.actor, draftName(id));
        return goTo(at(recoveryUrls.recovery, recoveryId), 'It is proposed. A manager decides about it.');
      },
      () => this.#check(visit, id, draft),
    );
  }

  async #form(visit: Visit, values: object): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const ground = await this.previews.ground(tx, number(visit.params.id ?? ''));
      return { ground, family: await familyDetail(tx, ground.owed.familyId), today: tx.today };
    });
    return show('recoveries/agree.njk', { ...data, values });
  }

  async #check(visit: Visit, id: string, { agreed }: RecoveryDraft): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const preview = await this.previews.of(tx, id, agreed);
      const messages = await messagesAhead(tx, preview.facts, preview.reach);
      return { preview, messages, family: await familyDetail(tx, preview.owed.familyId) };
    });
    return show('recoveries/check.njk', { ...data, agreed });
  }
}

function draftName(overpaymentId: string): string {
  return `overpayments/recovery/${overpaymentId}`;
}
