import { Controller } from '@nestjs/common';
import { namesOf } from '../../identity/index.ts';
import { Money } from '../../kernel/index.ts';
import {
  type BankLineDetail,
  bankLineDetail,
  MatchByHand,
  openExpected,
  type Part,
  seeReconciliation,
  WriteOffLine,
} from '../../payments/index.ts';
import { inputRefused, number, words, UnitOfWork } from '../../platform/index.ts';
import { z } from 'zod';
import { holds, pounds, reason } from '../administration/answers.ts';
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
import { reconciliationUrls, urlOf } from './reconciliation.urls.ts';

const CHOICES_SHOWN = 25;
const noting = z.object({ note: words(500) });
const takingBack = z.object({ reason });
const writingOff = z.object({
  amount: pounds,
  category: z.enum(['bank-charge', 'council-money', 'unexplained'], 'Choose one.'),
  reason,
});

/** One line of the bank's: what was done about it, what it may be; matching by hand, taking back, writing off. */
@Controller()
export class LinePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matchByHand: MatchByHand,
    private readonly writeOff: WriteOffLine,
  ) {}

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.line, title: 'A line of the bank’s', allowed: seeReconciliation },
    ...{ audit: 'payments.bank-line-seen', subject: 'bank-line' },
  })
  async line(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const detail = await bankLineDetail(tx, idOf(visit));
      const people = [...detail.matches.flatMap((each) => [each.matchedBy, each.takenBackBy])];
      const deciders = detail.writeOffs.flatMap((each) => [each.proposedBy, each.decidedBy]);
      return { ...detail, people: Object.fromEntries(await namesOf(tx, [...people, ...deciders])) };
    });
    return show('reconciliation/line.njk', { ...data, mayMatch: holds(visit, ...MatchByHand.allowed.roles) });
  }

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.match, title: 'Match a line by hand', allowed: MatchByHand.allowed },
    ...{ audit: 'payments.bank-line-seen', subject: 'bank-line' },
  })
  askMatch(@Visiting() visit: Visit): Promise<View> {
    return this.#match(visit);
  }

  @Page({
    ...{ method: 'POST', path: reconciliationUrls.match, title: 'Match a line by hand' },
    ...{ allowed: MatchByHand.allowed, audit: 'payments.line-matched' },
  })
  takeMatch(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const parts = partsOf(visit.form);
        const { note } = read(noting, visit.form);
        await this.matchByHand.run(visit.actor, idOf(visit), parts, note, visit.idempotency);
        return goTo(urlOf('line', idOf(visit)), 'The line is matched, with your note.');
      },
      () => this.#match(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.takeBack, title: 'Take a match back', allowed: MatchByHand.allowed },
    ...{ audit: 'payments.bank-line-seen', subject: 'bank-line' },
  })
  askTakeBack(@Visiting() visit: Visit): Promise<View> {
    return this.#takeBack(visit);
  }

  @Page({
    ...{ method: 'POST', path: reconciliationUrls.takeBack, title: 'Take a match back' },
    ...{ allowed: MatchByHand.allowed, audit: 'payments.match-taken-back' },
  })
  takeTakeBack(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const given = read(takingBack, visit.form);
        await this.matchByHand.takeBack(visit.actor, number(visit.params.match ?? ''), given.reason, visit.idempotency);
        return goTo(urlOf('line', idOf(visit)), 'The match is taken back. It stays on record.');
      },
      () => this.#takeBack(visit),
    );
  }

  @Page({
    ...{
      method: 'GET',
      path: reconciliationUrls.proposeWriteOff,
      title: 'Write a line off',
      allowed: WriteOffLine.allowed,
    },
    ...{ audit: 'payments.bank-line-seen', subject: 'bank-line' },
  })
  askWriteOff(@Visiting() visit: Visit): Promise<View> {
    return this.#writeOff(visit);
  }

  @Page({
    ...{ method: 'POST', path: reconciliationUrls.proposeWriteOff, title: 'Propose to write a line off' },
    ...{ allowed: WriteOffLine.allowed, audit: 'payments.write-off-proposed' },
  })
  takeWriteOff(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const asked = read(writingOff, visit.form);
        await this.writeOff.propose(visit.actor, idOf(visit), asked, visit.idempotency);
        return goTo(urlOf('line', idOf(visit)), 'It is proposed. A second person decides.');
      },
      () => this.#writeOff(visit),
    );
  }

  /** The likeliest first, then whatever else the bank is to show that way. */
  async #match(visit: Visit): Promise<View> {
    const { line, choices } = await this.unitOfWork.read(visit.actor, async (tx) => {
      const detail = await bankLineDetail(tx, idOf(visit));
      const why = new Map(detail.suggestions.map((each) => [each.expected.id, each.why]));
      const open = (await openExpected(tx)).filter((each) => each.direction === detail.line.direction);
      const likely = open.toSorted((a, b) => Number(why.has(b.id)) - Number(why.has(a.id)));
      return {
        line: detail.line,
        choices: likely.slice(0, CHOICES_SHOWN).map((each) => ({ ...each, why: why.get(each.id) })),
      };
    });
    return show('reconciliation/match.njk', { line, choices, values: visit.form });
  }

  async #takeBack(visit: Visit): Promise<View> {
    const detail = await this.#detail(visit);
    const match = detail.matches.find((each) => each.id === visit.params.match);
    return show('reconciliation/take-back.njk', { line: detail.line, match, values: visit.form });
  }

  async #writeOff(visit: Visit): Promise<View> {
    const { line } = await this.#detail(visit);
    return show('reconciliation/propose-write-off.njk', { line, values: visit.form });
  }

  #detail(visit: Visit): Promise<BankLineDetail> {
    return this.unitOfWork.read(visit.actor, (tx) => bankLineDetail(tx, idOf(visit)));
  }
}

function idOf(visit: Visit): string {
  return number(visit.params.id ?? '');
}

/** Reads how much of the line is for what: a box for each thing, empty where nothing is. @throws input_refused */
function partsOf(form: Form): Part[] {
  const parts = Object.entries(form).flatMap(([field, given]) => {
    const [, source, documentId] = /^part-([a-z-]{1,40})-(\d{1,18})$/.exec(field) ?? [];
    if (!source || !documentId || typeof given !== 'string' || given.trim() === '') return [];
    const amount = pounds.safeParse(given);
    if (!amount.success || !amount.data.isPositive())
      throw inputRefused('One amount needs another look.', [
        { field, reason: 'Enter pounds and pence, such as 49.18.' },
      ]);
    return [{ source, documentId, amount: amount.data }];
  });
  if (Money.sum(parts.map((part) => part.amount)).isZero())
    throw inputRefused('Nothing was chosen.', [
      { field: 'parts', reason: 'Write an amount beside what this line is for.' },
    ]);
  return parts;
}
