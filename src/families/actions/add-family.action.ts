import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, type DomainError, mustBeAllowed, type PlainDate } from '../../kernel/index.ts';
import { type Command, type Transaction, UnitOfWork, whenConstraintBreaks } from '../../platform/index.ts';
import { AccountCheck } from '../account-check.ts';
import { checkBankDetails, type ProposedAccount } from '../domain/bank-details.ts';
import {
  checkedPlace,
  checkedReach,
  checkedWays,
  checkReference,
  familyDetailsRefused,
  type Place,
  type Reach,
} from '../domain/contact-details.ts';
import { checkBirth, checkDue } from '../domain/member-days.ts';
import { type SafeWays, UNASKED } from '../domain/safe-ways.ts';
import { referenceTaken } from '../family-problems.ts';
import { writeAssignment } from '../store/assignment.store.ts';
import { takenReferences } from '../store/families.store.ts';
import { type FamilyToTakeIn, TakeInFamilies } from './take-in-families.action.ts';

/** A person of a family to be added. */
export interface NewPerson {
  readonly relationship: 'lead' | 'partner' | 'child' | 'other';
  readonly name: string;
  readonly born: PlainDate | null;
  readonly due: PlainDate | null;
}

/** A family to be added: who they are, how to reach them, who looks after them. */
export interface NewFamily {
  readonly reference: string;
  /** The lead first. */
  readonly members: readonly NewPerson[];
  readonly reach: Reach;
  readonly place: Place;
  readonly ownerId: string | null;
  readonly team: string | null;
  readonly bank: ProposedAccount | null;
}

const taken = (): DomainError =>
  referenceTaken('The reference is taken.', [
    { field: 'reference', reason: 'Another family of this council has this reference.' },
  ]);
whenConstraintBreaks('uq_family_reference', taken);

/** Adds a family with everything known of it, for the caseworker. Its bank details then wait for a second person. */
@Injectable()
export class AddFamily {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly takeIn: TakeInFamilies,
    private readonly accounts: AccountCheck,
  ) {}

  /** @throws family_details_refused, member_days_refused, bank_details_refused, reference_taken, owner_refused */
  async run(actor: Actor, given: NewFamily, idempotency?: Command['idempotency']): Promise<{ familyId: string }> {
    return this.unitOfWork.run({ name: 'families.add-family', actor, idempotency }, (tx) => this.within(tx, given));
  }

  /** Adds a family as part of something larger. @throws as `run` does */
  async within(tx: Transaction, given: NewFamily): Promise<{ familyId: string }> {
    mustBeAllowed(tx.actor, AddFamily.allowed);
    checkReference(given.reference);
    if (given.bank) {
      checkBankDetails(given.bank);
      this.accounts.passing(given.bank);
    }
    const family = { ...given, reach: checkedReach(given.reach), place: checkedPlace(given.place) };
    checkPeople(tx, family.members);
    const ways = checkedWays(family.reach, UNASKED, { place: family.place, today: tx.today });
    if ((await takenReferences(tx, [family.reference])).size > 0) throw taken();
    const { familyIds } = await this.takeIn.run(tx, [toTakeIn(family, ways)]);
    const familyId = familyIds[0] as string;
    const { ownerId, team } = family;
    await writeAssignment(tx, familyId, { ownerId, team, reason: 'A new family' });
    const detail = { ownerId, team, members: family.members.length, bankDetails: family.bank !== null };
    tx.audit({ action: 'families.family-added', subjectKind: 'family', subjectId: familyId, detail });
    return { familyId };
  }
}

function checkPeople(tx: Transaction, members: readonly NewPerson[]): void {
  if (members.filter(({ relationship }) => relationship === 'lead').length !== 1)
    throw familyDetailsRefused('A family has one person who leads it.', [
      { field: 'members', reason: 'Give exactly one person the relationship "lead".' },
    ]);
  for (const { born, due } of members) {
    if (born) checkBirth(tx.today, born);
    if (due) checkDue(tx.today, due);
  }
}

function toTakeIn({ reference, members, reach, place, team, bank }: NewFamily, ways: SafeWays): FamilyToTakeIn {
  const { language, contact, mobile, email } = reach;
  const { line1, line2, town, postcode, ward } = place;
  return {
    line: 1,
    family: {
      ...{ reference, language, contact, mobile, email, address_line_1: line1, address_line_2: line2, town, postcode },
      ...{ ward, team, reads: ways.reads, interpreter: ways.interpreter, safe_channels: ways.safeChannels },
      ...{ first_channel: ways.firstChannel, safe_checked_on: ways.safeCheckedOn },
    },
    members: members.map((member) => ({ ...member, joined_on: null, left_on: null })),
    ...(bank ? { bank } : {}),
  };
}
