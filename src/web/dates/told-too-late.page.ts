import { Controller } from '@nestjs/common';
import { isPlainDate } from '../../kernel/index.ts';
import { seeRuns } from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { placeAfter, toldTooLate } from '../../subsistence/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { datesUrls } from './dates.urls.ts';

const ON_A_PAGE = 50;

/** Families that were not told in time of money that comes early: the money comes all the same. */
@Controller()
export class ToldTooLatePage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: datesUrls.toldTooLate, title: 'Early payments told too late', allowed: seeRuns },
    ...{ audit: 'subsistence.told-too-late-seen', subject: 'family' },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const { payDate: asked = '', after = '' } = visit.query;
    const payDate = isPlainDate(asked) ? asked : undefined;
    const families = await this.unitOfWork.read(visit.actor, (tx) =>
      toldTooLate(tx, { payDate, after, limit: ON_A_PAGE + 1 }),
    );
    const shown = families.slice(0, ON_A_PAGE);
    const last = families.length > ON_A_PAGE ? shown.at(-1) : undefined;
    return show('dates/told-too-late.njk', {
      ...{ families: shown, payDate, first: after === '' ? undefined : addressOf({ payDate }) },
      next: last && addressOf({ payDate, after: placeAfter(last) }),
    });
  }
}

function addressOf(asked: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(asked).filter((each): each is [string, string] => each[1] !== undefined);
  const query = new URLSearchParams(given).toString();
  return query ? `${datesUrls.toldTooLate}?${query}` : datesUrls.toldTooLate;
}
