import { Injectable } from '@nestjs/common';
import { type Actor, addDays, type Allowed, mustBeAllowed, type PlainDate } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { checkBirth } from '../domain/member-days.ts';
import { memberDaysRefused, noSuchMember } from '../family-problems.ts';
import { type ChangedMember, HouseholdOutcomes } from '../household-outcomes.ts';
import type { LookAhead } from '../look-ahead.ts';
import { insertMembers, lockFamily, newIds } from '../store/families.store.ts';
import { lockMember } from '../store/member.store.ts';
import { membersForPricing } from '../views/for-pricing.view.ts';

/** A person who joins a family, by birth or otherwise. */
export interface NewMember {
  readonly relationship: 'partner' | 'child' | 'other';
  readonly name: string;
  readonly born: PlainDate | null;
  readonly joinedOn: PlainDate | null;
}

/**
 * Writes down changes of a household, for the caseworker. The next run works out the money: arrears are paid,
 * an overpayment waits for a person.
 */
@Injectable()
export class ChangeMembers {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly households: HouseholdOutcomes,
  ) {}

  /** Adds somebody. A birth ends the pregnancy it follows, from today: until now it was not recorded. */
  async add(
    actor: Actor,
    familyId: string,
    member: NewMember,
    idempotency?: Command['idempotency'],
  ): Promise<{ memberId: string }> {
    mustBeAllowed(actor, ChangeMembers.allowed);
    return this.unitOfWork.run({ name: 'families.add-member', actor, idempotency }, async (tx) => {
      checkDays(tx.today, member);
      await lockFamily(tx, familyId);
      const before = await membersForPricing(tx, [familyId]);
      const [id] = (await newIds(tx, 1)) as [string];
      const { relationship, name, born, joinedOn } = member;
      await insertMembers(tx, [
        { id, family_id: familyId, relationship, name, born, due: null, joined_on: joinedOn, left_on: null },
      ]);
      const changed = born && relationship === 'child' ? await recordBirth(tx, familyId, born) : [];
      await this.households.tell(tx, { familyId, cause: 'pregnancy-ended', before, changed });
      tx.audit({
        action: 'families.member-added',
        subjectKind: 'family',
        subjectId: familyId,
        detail: { id, born, joinedOn },
      });
      return { memberId: id };
    });
  }

  /**
   * Notes the first day a person no longer counts.
   * @param shown the version of the person that was shown @throws no_such_member, member_days_refused, family_changed_meanwhile
   */
  async leave(actor: Actor, memberId: string, leftOn: PlainDate, shown?: number): Promise<void> {
    mustBeAllowed(actor, ChangeMembers.allowed);
    const command = { name: 'families.member-leaves', actor };
    await this.unitOfWork.run(command, (tx) => this.#leaves(tx, memberId, leftOn, shown));
  }

  /** Does as `leave` does, looks, and takes it back. @throws no_such_member, member_days_refused, family_changed_meanwhile */
  async ifLeaves<Seen>(
    actor: Actor,
    { memberId, leftOn, shown }: { memberId: string; leftOn: PlainDate; shown?: number },
    look: LookAhead<Seen>,
  ): Promise<Seen> {
    mustBeAllowed(actor, ChangeMembers.allowed);
    return this.unitOfWork.run({ name: 'families.member-leaves', actor, dryRun: true }, async (tx) => {
      await this.#leaves(tx, memberId, leftOn, shown);
      return look(tx);
    });
  }

  /** Notes that a pregnancy has ended, however it did: its extra stops from that day. @throws no_such_member */
  async pregnancyEnded(actor: Actor, memberId: string, endedOn: PlainDate): Promise<void> {
    mustBeAllowed(actor, ChangeMembers.allowed);
    const command = { name: 'families.pregnancy-ended', actor };
    await this.unitOfWork.run(command, (tx) => this.#pregnancyEnds(tx, memberId, endedOn));
  }

  /** Does as `pregnancyEnded` does, looks, and takes it back. @throws no_such_member */
  async ifPregnancyEnds<Seen>(
    actor: Actor,
    { memberId, endedOn }: { memberId: string; endedOn: PlainDate },
    look: LookAhead<Seen>,
  ): Promise<Seen> {
    mustBeAllowed(actor, ChangeMembers.allowed);
    return this.unitOfWork.run({ name: 'families.pregnancy-ended', actor, dryRun: true }, async (tx) => {
      await this.#pregnancyEnds(tx, memberId, endedOn);
      return look(tx);
    });
  }

  async #leaves(tx: Transaction, memberId: string, leftOn: PlainDate, shown?: number): Promise<void> {
    const { familyId, starts, leftOn: before } = await lockMember(tx, memberId, shown);
    if (starts && leftOn <= starts)
      throw memberDaysRefused(`They were not there before ${starts}.`, [
        { field: 'leftOn-day', reason: `Enter a day after ${starts}, when they began to count.` },
      ]);
    const members = await membersForPricing(tx, [familyId]);
    const changed = await tx.query<ChangedMember>(
      `update families.member set left_on = $2, version = version + 1 where id = $1 returning id, version`,
      [memberId, leftOn],
    );
    await this.households.tell(tx, { familyId, cause: 'left', before: members, changed });
    const detail = { id: memberId, leftOn, before };
    tx.audit({ action: 'families.member-left', subjectKind: 'family', subjectId: familyId, detail });
  }

  async #pregnancyEnds(tx: Transaction, memberId: string, endedOn: PlainDate): Promise<void> {
    const { familyId } = await lockMember(tx, memberId);
    const before = await membersForPricing(tx, [familyId]);
    const changed = await tx.query<ChangedMember>(
      `update families.member set birth_recorded_on = $2, version = version + 1
        where id = $1 and due is not null returning id, version`,
      [memberId, endedOn],
    );
    if (changed.length === 0) throw noSuchMember('Nobody of this council with that number has a due date.');
    await this.households.tell(tx, { familyId, cause: 'pregnancy-ended', before, changed });
    const detail = { id: memberId, endedOn };
    tx.audit({ action: 'families.pregnancy-ended', subjectKind: 'family', subjectId: familyId, detail });
  }
}

/** A birth ends the pregnancy it follows, from today. */
function recordBirth(tx: Transaction, familyId: string, born: PlainDate): Promise<ChangedMember[]> {
  return tx.query(
    `update families.member set birth_recorded_on = $2, version = version + 1
      where family_id = $1 and birth_recorded_on is null and due between $3::date - 35 and $3::date + 140 returning id, version`,
    [familyId, tx.today, born],
  );
}

function checkDays(today: PlainDate, { born, joinedOn }: NewMember): void {
  if (born) checkBirth(today, born);
  if (born && joinedOn && joinedOn < born)
    throw memberDaysRefused(`${joinedOn} is before the birth on ${born}.`, [
      { field: 'joinedOn-day', reason: 'Nobody counts before they are born.' },
    ]);
  if (joinedOn && joinedOn > addDays(today, 366))
    throw memberDaysRefused(`${joinedOn} is more than a year ahead.`, [
      { field: 'joinedOn-day', reason: 'That is more than a year ahead: check the year.' },
    ]);
}
