import { Controller } from '@nestjs/common';
import { everybody } from '../../kernel/index.ts';
import { Drafts } from '../../platform/index.ts';
import {
  type Form,
  goTo,
  KEPT_FORM,
  Page,
  type PageAnswer,
  safeNext,
  show,
  type Visit,
  Visiting,
} from '../pages/index.ts';
import { signInUrls } from './sign-in.urls.ts';

/** A form that arrived after its session had run out. */
interface KeptForm {
  readonly path: string;
  readonly form: Form;
}

/** Where a person goes after signing in: back to what they were doing, with what they had typed. */
@Controller()
export class CarryOnPage {
  constructor(private readonly drafts: Drafts) {}

  @Page({ method: 'GET', path: signInUrls.carryOn, title: 'Carry on', allowed: { roles: everybody }, audit: null })
  async show(@Visiting() visit: Visit): Promise<PageAnswer> {
    const kept = await this.drafts.find<KeptForm>(visit.actor, KEPT_FORM);
    if (!kept) return goTo(safeNext(visit.query.next));
    await this.drafts.discard(visit.actor, KEPT_FORM);
    const fields = Object.entries(kept.form).flatMap(([name, value]) =>
      [value].flat().map((each) => ({ name, value: each })),
    );
    return show('sign-in/carry-on.njk', { action: safeNext(kept.path), fields });
  }
}
