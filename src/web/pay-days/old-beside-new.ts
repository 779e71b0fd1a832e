import { Injectable } from '@nestjs/common';
import { Calendars } from '../../calendar/index.ts';
import { authorityOf } from '../../identity/index.ts';
import { composeAttempt, composing, type SentWay, type Written, smsPrice } from '../../notices/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { type ExpectedPayment, type MovedFamily, plansAhead } from '../../subsistence/index.ts';

const PAYMENTS_BESIDE = 8;

/** One message as it would go out, written and not sent. */
export interface DryMessage {
  readonly way: SentWay;
  readonly language: string;
  readonly destination: string;
  readonly subject: string | null;
  readonly body: string;
  readonly parts: number | null;
  readonly price: string | null;
  readonly isNeutral: boolean;
  readonly written: Written | null;
}

/** Shows one family's payments before and after a move, and the words it would get by each of its ways. */
@Injectable()
export class OldBesideNew {
  constructor(private readonly calendars: Calendars) {}

  async of(
    tx: Transaction,
    family: MovedFamily,
  ): Promise<{ before: readonly ExpectedPayment[]; messages: readonly DryMessage[] }> {
    const calendars = await this.calendars.of(tx, (await authorityOf(tx)).division);
    const plans = await plansAhead(tx, [family.planId], { count: PAYMENTS_BESIDE, calendars });
    return { before: plans.get(family.planId)?.payments ?? [], messages: await this.#messages(tx, family) };
  }

  async #messages(tx: Transaction, { familyId, facts, reach }: MovedFamily): Promise<DryMessage[]> {
    if (!facts) return [];
    const help = await composing(tx, [reach]);
    const ways = reach.ways.filter((way): way is SentWay => way !== 'call' && help.canSend(way, reach));
    return ways.map((way) => {
      const { language, destination, subject, body, parts, isNeutral, letter } = composeAttempt(
        way,
        { id: '0', familyId, facts },
        reach,
        help,
      );
      const price = parts ? smsPrice(parts).toString() : null;
      const written = (letter as { written: Written } | null)?.written ?? null;
      return { way, language, destination, subject, body, parts: parts ?? null, price, isNeutral, written };
    });
  }
}
