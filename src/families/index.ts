import { Module } from '@nestjs/common';
import { AccountCheck } from './account-check.ts';
import { AddFamily } from './actions/add-family.action.ts';
import { AssignFamily } from './actions/assign-family.action.ts';
import { ChangeFamily } from './actions/change-family.action.ts';
import { ChangeMembers } from './actions/change-members.action.ts';
import { CorrectBirth } from './actions/correct-birth.action.ts';
import { DecideBankDetails } from './actions/decide-bank-details.action.ts';
import { ExpectBaby } from './actions/expect-baby.action.ts';
import { OpenBankDetails } from './actions/open-bank-details.action.ts';
import { ProposePayee } from './actions/propose-payee.action.ts';
import { ProposeBankDetails } from './actions/propose-bank-details.action.ts';
import { TakeInFamilies } from './actions/take-in-families.action.ts';
import { WriteNote } from './actions/write-note.action.ts';
import { BankDetailsController } from './http/bank-details.controller.ts';
import { FamiliesController } from './http/families.controller.ts';
import { MembersController } from './http/members.controller.ts';
import { BankDetailsOutcomes } from './bank-details-outcomes.ts';
import { HouseholdOutcomes } from './household-outcomes.ts';
import { OpenedBankDetails } from './views/bank-details.view.ts';

const services = [
  ...[AddFamily, AssignFamily, ChangeFamily, ChangeMembers, CorrectBirth, DecideBankDetails, ExpectBaby],
  ProposePayee,
  ...[OpenBankDetails, ProposeBankDetails, TakeInFamilies, WriteNote, OpenedBankDetails],
  ...[AccountCheck, BankDetailsOutcomes],
  HouseholdOutcomes,
];

/** Households, members, and where their money goes. */
@Module({
  controllers: [FamiliesController, MembersController, BankDetailsController],
  providers: services,
  exports: services,
})
export class FamiliesModule {}

export { AccountCheck } from './account-check.ts';
export { AddFamily, type NewFamily, type NewPerson } from './actions/add-family.action.ts';
export { AssignFamily, type NewAssignment } from './actions/assign-family.action.ts';
export { ChangeFamily } from './actions/change-family.action.ts';
export { ChangeMembers, type NewMember } from './actions/change-members.action.ts';
export { CorrectBirth } from './actions/correct-birth.action.ts';
export {
  approveInstruments,
  DecideBankDetails,
  waitingFirstInstruments,
} from './actions/decide-bank-details.action.ts';
export { ProposePayee } from './actions/propose-payee.action.ts';
export { type Payee, payeesOf, presentPayees, thirdPartiesAmong } from './views/payees.view.ts';
export { setHome } from './actions/set-home.ts';
export { type AccountReplaced, BankDetailsOutcomes } from './bank-details-outcomes.ts';
export { type HouseholdChanged, HouseholdOutcomes } from './household-outcomes.ts';
export type { LookAhead } from './look-ahead.ts';
export { ExpectBaby } from './actions/expect-baby.action.ts';
export { OpenBankDetails, type OpeningPurpose, openingPurposes } from './actions/open-bank-details.action.ts';
export { coolOffDaysFor, ProposeBankDetails } from './actions/propose-bank-details.action.ts';
export { type FamilyToTakeIn, TakeInFamilies, type TakenIn } from './actions/take-in-families.action.ts';
export { WriteNote } from './actions/write-note.action.ts';
export {
  type BankDetails,
  checkAccountDigits,
  checkBankDetails,
  type InstrumentKind,
  instrumentKinds,
  type ProposedAccount,
} from './domain/bank-details.ts';
export { checkAccount, type ModulusResult } from './domain/modulus/check-account.ts';
export { modulusTablesIn, modulusTablesWhereThere } from './modulus-folder.ts';
export {
  checkedPlace,
  checkedReach,
  checkedWays,
  checkReference,
  isEmail,
  type Place,
  type PlaceFault,
  placeFaults,
  type Reach,
  ukMobile,
} from './domain/contact-details.ts';
export {
  type NameCheck,
  type NameCheckAnswer,
  nameCheckAnswers,
  nameCheckCodes,
  NOT_ASKED,
} from './domain/name-check.ts';
export { type LetterAddressCode, type LetterAddressFault, letterAddressFaults } from './domain/letter-address.ts';
export { checkBirth, checkDue } from './domain/member-days.ts';
export {
  type Channel,
  channels,
  isToBeAskedAgain,
  SAFE_FOR_DAYS,
  type SafeWays,
  UNASKED,
  waysToReach,
} from './domain/safe-ways.ts';
export { ukPostcode } from './domain/uk-postcode.ts';
export { familyChangedMeanwhile, noSuchFamily, noSuchMember, referenceTaken } from './family-problems.ts';
export { instrumentStates } from './instrument.states.ts';
export { takenReferences } from './store/families.store.ts';
export { familiesChangedSince, familiesWithOtherAccounts, type Seen } from './views/changed-since.view.ts';
export { type AlikeFamily, familiesAtSamePostcode, familiesWithSameAccount } from './views/alike.view.ts';
export { type AmongFamilies, amongFamilies, type FamilyQuestion } from './views/among-families.view.ts';
export { kindsBesideAccounts, OpenedBankDetails, proposalWaiting } from './views/bank-details.view.ts';
export {
  familyByReference,
  familyDetail,
  type FamilyDetail,
  type FamilyMember,
  listFamilies,
  referencesOf,
  waitingBankDetails,
} from './views/families.view.ts';
export {
  type ContactChange,
  contactChangesBefore,
  type FormerContact,
  formerContacts,
  oldContactsToTell,
} from './views/former-contacts.view.ts';
export { type FamilyReach, familyReach } from './views/family-reach.view.ts';
export {
  type FamilyFilter,
  type FamilyGap,
  type FamilyPlace,
  type FamilySummary,
  findByName,
  findFamilies,
  teamsAndWards,
} from './views/family-list.view.ts';
export { familiesMaybeSame, type MaybeSameFamily } from './views/maybe-same.view.ts';
export { type FamilyNote, noteOf, notesOf } from './views/notes.view.ts';
export { assignmentsOf, bankDetailsWaiting, type WorkerTasks, workerTasks } from './views/worker-tasks.view.ts';
export { seeFamilies } from './actions/see-families.ts';
export { instrumentsOn, membersForPricing, type PricedMember } from './views/for-pricing.view.ts';
