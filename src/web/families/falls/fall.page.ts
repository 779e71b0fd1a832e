import { Controller } from '@nestjs/common';
import { familyDetail, seeFamilies } from '../../../families/index.ts';
import { attemptsOf, noticesByIds } from '../../../notices/index.ts';
import { number, UnitOfWork } from '../../../platform/index.ts';
import { readFall, TellFallAgain } from '../../../subsistence/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../../pages/index.ts';
import { fallUrl, familyUrls } from '../families.urls.ts';

/** One lower amount that is held until its family was told: what happened, what was said, and telling it again. */
@Controller()
export class FallPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tellAgain: TellFallAgain,
  ) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.fall, title: 'A lower amount', allowed: seeFamilies },
    ...{ audit: 'subsistence.fall-seen', subject: 'fall' },
  })
  fall(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.tellFallAgain, title: 'Tell a family again of a lower amount' },
    ...{ allowed: TellFallAgain.allowed, audit: 'subsistence.fall-told-again' },
  })
  again(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const { fallId } = await this.tellAgain.run(visit.actor, number(visit.params.id ?? ''));
        return goTo(fallUrl(fallId), 'The family is being told again. Until then it goes on getting the same.');
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const { familyId, ...fall } = await readFall(tx, number(visit.params.id ?? ''));
      const family = await familyDetail(tx, familyId);
      const [notice] = await noticesByIds(tx, [fall.noticeId]);
      const member = family.members.find(({ id }) => id === fall.memberId);
      return { fall, family, notice, member, attempts: await attemptsOf(tx, [fall.noticeId]) };
    });
    const mayTell = TellFallAgain.allowed.roles.some((role) => visit.person.roles.includes(role));
    return show('families/falls/fall.njk', { ...data, mayTell: mayTell && data.fall.state === 'kept' });
  }
}
