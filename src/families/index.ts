import { Module } from '@nestjs/common';
import { ChangeMembers } from './actions/change-members.action.ts';
import { DecideBankDetails } from './actions/decide-bank-details.action.ts';
import { ProposeBankDetails } from './actions/propose-bank-details.action.ts';
import { TakeInFamilies } from './actions/take-in-families.action.ts';
import { FamiliesController } from './http/families.controller.ts';
import { OpenedBankDetails } from './views/bank-details.view.ts';

/** Households, members, and where their money goes. */
@Module({
  controllers: [FamiliesController],
  providers: [ChangeMembers, DecideBankDetails, ProposeBankDetails, TakeInFamilies, OpenedBankDetails],
  exports: [ChangeMembers, DecideBankDetails, ProposeBankDetails, TakeInFamilies, OpenedBankDetails],
})
export class FamiliesModule {}

export { ChangeMembers, type NewMember } from './actions/change-members.action.ts';
export {
  approveInstruments,
  DecideBankDetails,
  waitingFirstInstruments,
} from './actions/decide-bank-details.action.ts';
export { ProposeBankDetails } from './actions/propose-bank-details.action.ts';
export { type FamilyToTakeIn, TakeInFamilies, type TakenIn } from './actions/take-in-families.action.ts';
export { type BankDetails } from './domain/bank-details.ts';
export { instrumentStates } from './instrument.states.ts';
export { takenReferences } from './store/families.store.ts';
export { familiesChangedSince, familiesWithOtherAccounts, type Seen } from './views/changed-since.view.ts';
export { type AmongFamilies, amongFamilies, type FamilyQuestion } from './views/among-families.view.ts';
export { OpenedBankDetails } from './views/bank-details.view.ts';
export {
  familyByReference,
  familyDetail,
  type FamilyFilter,
  findFamilies,
  listFamilies,
  noSuchFamily,
  referencesOf,
  teamsAndWards,
  waitingBankDetails,
} from './views/families.view.ts';
export { seeFamilies } from './actions/see-families.ts';
export { instrumentsOn, membersForPricing, type PricedMember } from './views/for-pricing.view.ts';
