import { Controller, Res } from '@nestjs/common';
import type { Response } from 'express';
import { catalogueList, KeepEvidence, ownReferral, ownReferrals, ReferFamily } from '../../grants/index.ts';
import { agencyOf } from '../../identity/index.ts';
import { inputRefused, number, UnitOfWork } from '../../platform/index.ts';
import { attempt, goTo, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { addressOf } from '../runs/runs.urls.ts';
import { referralUrl, referralUrls } from './referrals.urls.ts';
import { sendEvidence } from './send-evidence.ts';

const ON_A_PAGE = 25;

/** What somebody's agency referred, and how far each is. */
@Controller()
export class OwnReferralPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly evidence: KeepEvidence,
  ) {}

  @Page({
    ...{ method: 'GET', path: referralUrls.list, title: 'Referrals', allowed: ReferFamily.allowed },
    ...{ audit: 'grants.own-referrals-seen', subject: 'referral' },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const before = /^\d{1,18}$/.test(visit.query.before ?? '') ? visit.query.before : undefined;
    const { found, agency } = await this.unitOfWork.read(visit.actor, async (tx) => ({
      found: await ownReferrals(tx, { before, limit: ON_A_PAGE + 1 }),
      agency: await agencyOf(tx, visit.person.id),
    }));
    const referrals = found.slice(0, ON_A_PAGE);
    const last = found.length > ON_A_PAGE ? referrals.at(-1)?.id : undefined;
    const next = last && addressOf(referralUrls.list, { before: last });
    return show('referrals/list.njk', { referrals, agency, next, first: before && referralUrls.list });
  }

  @Page({
    ...{ method: 'GET', path: referralUrls.one, title: 'A referral', allowed: ReferFamily.allowed },
    ...{ audit: 'grants.referral-seen', subject: 'referral' },
  })
  one(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: referralUrls.evidence, title: 'Add a file to a referral', upload: true },
    ...{ allowed: ReferFamily.allowed, audit: 'grants.evidence-added' },
  })
  add(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const referralId = number(visit.params.id ?? '');
        await this.evidence.add(visit.actor, { referralId }, fileOf(visit));
        return goTo(referralUrl(referralId), 'The file is added. The council can open it.');
      },
      () => this.#page(visit),
    );
  }

  @Page({
    ...{ method: 'GET', path: referralUrls.file, title: 'A file of a referral', allowed: ReferFamily.allowed },
    ...{ audit: null, produces: 'application/octet-stream' },
  })
  async open(@Visiting() visit: Visit, @Res() response: Response): Promise<void> {
    sendEvidence(response, await this.evidence.open(visit.actor, number(visit.params.file ?? '')));
  }

  async #page(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const found = await ownReferral(tx, number(visit.params.id ?? ''));
      const known = (await catalogueList(tx)).filter((item) => found.sent.codes.includes(item.code));
      return { ...found, needed: known.map((item) => item.name) };
    });
    return show('referrals/one.njk', data);
  }
}

/** Gives the file of a form. @throws input_refused when none was chosen */
export function fileOf({ file }: Visit): { name: string; bytes: Buffer } {
  if (file) return file;
  throw inputRefused('No file was chosen.', [{ field: 'file', reason: 'Choose a file.' }]);
}
