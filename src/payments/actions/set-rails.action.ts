import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, defineProblem, type Money, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import type { RailName } from '../rails/rail-names.ts';
import { fileTemplate } from '../rails/template/file-template.ts';
import { insertProfile } from '../store/rail-profile.store.ts';

/** Tells an operator that a template cannot be used, and which part of it. */
export const templateRefused = defineProblem('template_refused', {
  status: 422,
  title: 'That template cannot be used',
  whatToDo:
    'Give delimiter, lineEnd and columns, each {"text":…} or {"field":…}; the README of rails lists the fields.',
});

/** Says how a council's providers want their files, and what a voucher may come to. By the operator at the machine. */
@Injectable()
export class SetRails {
  static readonly allowed: Allowed = { roles: [], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Has files of a rail written as a provider wants them, from now on. @throws template_refused */
  async template(
    actor: Actor,
    rail: Extract<RailName, 'prepaid-card' | 'voucher' | 'faster-payments'>,
    provider: string,
    template: unknown,
  ): Promise<{ profileId: string }> {
    mustBeAllowed(actor, SetRails.allowed);
    const read = fileTemplate.safeParse(template);
    if (!read.success) {
      const items = read.error.issues.map(({ path, message: reason }) => ({
        field: path.join('.') || 'template',
        reason,
      }));
      throw templateRefused(`${items.length} places are not right.`, items);
    }
    return this.unitOfWork.run({ name: 'payments.set-rail-template', actor }, async (tx) => {
      const profileId = await insertProfile(tx, rail, provider, read.data);
      tx.audit({ action: 'payments.rail-template-set', subjectKind: 'rail', subjectId: rail, detail: { provider } });
      return { profileId };
    });
  }

  /** Says what one voucher may come to and for how many days it can be cashed. Vouchers that are issued stay as they are. */
  async voucherTerms(actor: Actor, most: Money, validDays: number): Promise<{ most: string; validDays: number }> {
    mustBeAllowed(actor, SetRails.allowed);
    return this.unitOfWork.run({ name: 'payments.set-voucher-terms', actor }, async (tx) => {
      await tx.query(
        `insert into payments.voucher_terms (authority_id, most, valid_days) values ($1, $2, $3)
         on conflict on constraint pk_voucher_terms do update set most = excluded.most, valid_days = excluded.valid_days`,
        [actor.authorityId, most.toString(), validDays],
      );
      const detail = { most: most.toString(), validDays };
      tx.audit({ action: 'payments.voucher-terms-set', subjectKind: 'rail', subjectId: 'voucher', detail });
      return detail;
    });
  }
}
