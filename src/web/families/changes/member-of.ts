import { type FamilyDetail, type FamilyMember, noSuchMember } from '../../../families/index.ts';

/** Finds one person of a family that is shown. @throws no_such_member */
export function memberOf(family: FamilyDetail, id: string | undefined): FamilyMember {
  const member = family.members.find((each) => each.id === id);
  if (!member) throw noSuchMember('Nobody in this family has that number.');
  return member;
}
