import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import type { Originator } from '../store/export.store.ts';

/** Says who the council is to the bank: service user number, paying account, neutral reference prefix. */
@Injectable()
export class SetOriginator {
  static readonly allowed: Allowed = { roles: ['administrator'], machine: true };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(actor: Actor, originator: Originator): Promise<void> {
    mustBeAllowed(actor, SetOriginator.allowed);
    await this.unitOfWork.run({ name: 'payments.set-originator', actor }, async (tx) => {
      await tx.query(
        `insert into payments.originator (authority_id, service_user_number, sort_code, account_number, account_name, reference_prefix)
         values ($1, $2, $3, $4, $5, $6)
         on conflict on constraint pk_originator do update set service_user_number = excluded.service_user_number,
           sort_code = excluded.sort_code, account_number = excluded.account_number, account_name = excluded.account_name,
           reference_prefix = excluded.reference_prefix`,
        [
          ...[actor.authorityId, originator.serviceUserNumber, originator.sortCode, originator.accountNumber],
          ...[originator.accountName, originator.referencePrefix],
        ],
      );
      tx.audit({ action: 'payments.originator-set', subjectKind: 'council', subjectId: actor.authorityId });
    });
  }
}
