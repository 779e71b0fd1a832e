import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { familyDetail, seeFamilies } from '../../families/index.ts';
import { EndFamilyAccess, familyAccess, GiveFamilyCode, messagesOfFamily, spacedCode } from '../../notices/index.ts';
import { number, type Transaction, UnitOfWork, words } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { familyPageUrls } from '../family/family.urls.ts';
import { familyUrls } from './families.urls.ts';

const ending = z.object({ reason: words(300) });
const MESSAGES_SHOWN = 20;

/** A family's own page, as its worker sees to it: what opens it, what the family wrote there, a code to read out. */
@Controller()
export class OwnPagePages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly giveCode: GiveFamilyCode,
    private readonly endAccess: EndFamilyAccess,
  ) {}

  @Page({
    ...{ method: 'GET', path: familyUrls.ownPage, title: 'A family’s own page', allowed: seeFamilies },
    ...{ audit: 'notices.family-access-seen', subject: 'family' },
  })
  see(@Visiting() visit: Visit): Promise<View> {
    return this.#show(visit);
  }

  /** Shows the code at once: it is kept nowhere, so it cannot be shown again. */
  @Page({
    ...{ method: 'POST', path: familyUrls.ownPageCode, title: 'Give a family a code' },
    ...{ allowed: GiveFamilyCode.allowed, audit: 'notices.family-code-given' },
  })
  async code(@Visiting() visit: Visit): Promise<View> {
    const { code } = await this.giveCode.run(visit.actor, number(visit.params.id ?? ''));
    return this.#show(visit, { code: spacedCode(code), typeAt: `${visit.origin}${familyPageUrls.code}` });
  }

  @Page({
    ...{ method: 'GET', path: familyUrls.ownPageEnd, title: 'Close a family’s own page' },
    ...{ allowed: EndFamilyAccess.allowed, audit: 'notices.family-access-seen', subject: 'family' },
  })
  askToEnd(@Visiting() visit: Visit): Promise<View> {
    return this.#askToEnd(visit);
  }

  @Page({
    ...{ method: 'POST', path: familyUrls.ownPageEnd, title: 'Close a family’s own page' },
    ...{ allowed: EndFamilyAccess.allowed, audit: 'notices.family-access-ended' },
  })
  end(@Visiting() visit: Visit): Promise<PageAnswer> {
    const id = number(visit.params.id ?? '');
    return attempt(
      async () => {
        const { links } = await this.endAccess.run(visit.actor, id, read(ending, visit.form).reason);
        const told = `${links} link${links === 1 ? ' opens' : 's open'} nothing any more. Give the family a new code when it is safe.`;
        return goTo(familyUrls.ownPage.replace(':id', id), told);
      },
      () => this.#askToEnd(visit),
    );
  }

  async #show(visit: Visit, given: object = {}): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      ...(await accessOf(tx, id)),
      messages: await messagesOfFamily(tx, id, MESSAGES_SHOWN),
    }));
    const mayGive = GiveFamilyCode.allowed.roles.some((role) => visit.person.roles.includes(role));
    return show('families/own-page.njk', { ...data, ...given, mayGive });
  }

  async #askToEnd(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, (tx) => accessOf(tx, number(visit.params.id ?? '')));
    return show('families/own-page-end.njk', { ...data, values: visit.form });
  }
}

async function accessOf(tx: Transaction, id: string) {
  return { family: await familyDetail(tx, id), access: await familyAccess(tx, id) };
}
