import { Injectable } from '@nestjs/common';
import { familyDetail, type LookAhead } from '../../../families/index.ts';
import type { PlainDate } from '../../../kernel/index.ts';
import { number, UnitOfWork } from '../../../platform/index.ts';
import { goTo, type PageAnswer, show, type Visit } from '../../pages/index.ts';
import { familyUrl } from '../families.urls.ts';
import { type HouseholdLook, HouseholdLooks } from './household-looks.ts';
import { memberOf } from './member-of.ts';

/** Something that is to be written down about a person of a household. */
export interface HouseholdStep {
  /** The address of the page that asks for it. */
  readonly form: string;
  /** What is written down, and the day it is of. */
  readonly what: { readonly key: string; readonly day: PlainDate };
  /** Does it, looks, and takes it back. */
  readonly ifDone: (look: LookAhead<HouseholdLook>) => Promise<HouseholdLook>;
  readonly done: () => Promise<unknown>;
  readonly told: string;
}

/** Shows what a change of a household does and the words the family gets, and writes down only what somebody saw. */
@Injectable()
export class HouseholdSteps {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly looks: HouseholdLooks,
  ) {}

  async take(visit: Visit, { form, what, ifDone, done, told }: HouseholdStep): Promise<PageAnswer> {
    const familyId = number(visit.params.id ?? '');
    const look = await ifDone((tx) => this.looks.of(tx, familyId));
    const { seen, ...kept } = visit.form;
    if (seen === look.seen) {
      await done();
      return goTo(familyUrl(familyId), told);
    }
    const family = await this.unitOfWork.read(visit.actor, (tx) => familyDetail(tx, familyId));
    return show('families/changes/check-household.njk', {
      ...{ family, member: memberOf(family, visit.params.member), look, what, form, kept },
      ...{ values: visit.form, isStale: seen !== undefined },
    });
  }
}
