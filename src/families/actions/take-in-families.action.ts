import { Injectable } from '@nestjs/common';
import { personActing, type ProblemItem } from '../../kernel/index.ts';
import { FieldSeal, type Transaction } from '../../platform/index.ts';
import { AccountCheck, CANNOT_EXIST } from '../account-check.ts';
import { bankDetailsRefused, checkBankDetails, type ProposedAccount } from '../domain/bank-details.ts';
import {
  type FamilyRow,
  insertFamilies,
  insertInstruments,
  insertMembers,
  type InstrumentRow,
  type MemberRow,
  newIds,
} from '../store/families.store.ts';
import { sealedInstrument } from '../store/sealed-instrument.ts';

/** A family to be taken in, already checked; numbers are given here. */
export interface FamilyToTakeIn {
  readonly line: number;
  readonly family: Omit<FamilyRow, 'id'>;
  readonly members: readonly Omit<MemberRow, 'id' | 'family_id'>[];
  readonly bank?: ProposedAccount;
}

/** What was taken in: numbers in the order given. */
export interface TakenIn {
  readonly familyIds: readonly string[];
  readonly memberIds: readonly (readonly string[])[];
}

/** Writes many families down at once, set-based, with their bank details sealed and waiting for a second person. */
@Injectable()
export class TakeInFamilies {
  constructor(
    private readonly seal: FieldSeal,
    private readonly accounts: AccountCheck,
  ) {}

  /** @throws bank_details_refused with the line of each */
  async run(tx: Transaction, given: readonly FamilyToTakeIn[]): Promise<TakenIn> {
    checkAllBankDetails(given, this.accounts);
    const count = given.reduce((sum, each) => sum + 2 + each.members.length, 0);
    const ids = (await newIds(tx, count)).values();
    const next = (): string => ids.next().value as string;
    const families: FamilyRow[] = [];
    const members: MemberRow[] = [];
    const instruments: InstrumentRow[] = [];
    const memberIds: string[][] = [];
    for (const each of given) {
      const family = { id: next(), ...each.family };
      const own = each.members.map((member) => ({ id: next(), family_id: family.id, ...member }));
      families.push(family);
      members.push(...own);
      memberIds.push(own.map((member) => member.id));
      if (each.bank) {
        const modulus = this.accounts.resultFor(each.bank);
        instruments.push(sealedInstrument(this.seal, next(), family.id, each.bank, { coolOffDays: 0, modulus }));
      }
    }
    await insertFamilies(tx, families);
    await insertMembers(tx, members);
    await insertInstruments(tx, instruments, personActing(tx.actor));
    return { familyIds: families.map((family) => family.id), memberIds };
  }
}

function checkAllBankDetails(given: readonly FamilyToTakeIn[], accounts: AccountCheck): void {
  const items: ProblemItem[] = [];
  for (const { bank, line } of given) {
    try {
      if (!bank) continue;
      checkBankDetails(bank);
      if (accounts.resultFor(bank) === 'invalid') items.push({ line, column: 'account_number', reason: CANNOT_EXIST });
    } catch (error) {
      items.push({ line, reason: (error as Error).message });
    }
  }
  if (items.length > 0)
    throw bankDetailsRefused(`${items.length} families have bank details that cannot be used.`, items);
}
