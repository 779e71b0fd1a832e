import { type FamilyReach, familyReach, type FormerContact, formerContacts } from '../../families/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { oldContactsOf } from '../store/method-notice.store.ts';
import type { NoticeRow } from '../store/notice.store.ts';
import type { Composing } from './compose-attempt.ts';

/** How a family is reached for one notice: as it is now, or where it was before. */
export interface NoticeReach extends FamilyReach {
  readonly isOldContact: boolean;
}

/** Tells how the family of each notice is reached for it, by the number of the notice. */
export async function noticeReach(
  tx: Transaction,
  notices: readonly Pick<NoticeRow, 'id' | 'familyId'>[],
): Promise<Map<string, NoticeReach>> {
  const families = await familyReach(
    tx,
    notices.map((notice) => notice.familyId),
  );
  const tied = await oldContactsOf(
    tx,
    notices.map((notice) => notice.id),
  );
  const contacts = await formerContacts(tx, [...tied.values()]);
  return new Map(
    notices.flatMap(({ id, familyId }): [string, NoticeReach][] => {
      const family = families.get(familyId);
      const old = contacts.get(tied.get(id) ?? '');
      return family ? [[id, old ? atOldContact(family, old) : { ...family, isOldContact: false }]] : [];
    }),
  );
}

/** One way and no other: should that fail, a person calls. */
function atOldContact(family: FamilyReach, { channel, destination, ...old }: FormerContact): NoticeReach {
  return {
    ...family,
    ...{ isOldContact: true, ways: old.mayBeTold ? [channel] : [], isDiscreet: family.isDiscreet || old.isDiscreet },
    ...{ mobile: channel === 'sms' ? destination : null, email: channel === 'email' ? destination : null },
    addressLines: channel === 'letter' ? [family.leadName, ...destination.split('\n')] : [],
  };
}

/** The families a message may carry a link for, each once: whoever holds an old telephone opens no family's page. */
export function linkedFamilies(reach: Iterable<NoticeReach>): FamilyReach[] {
  const now = [...reach].filter(({ isOldContact }) => !isOldContact);
  return [...new Map(now.map((family) => [family.familyId, family])).values()];
}

/** What a message to one family is composed with: to an old contact, without a link. */
export function composingFor({ isOldContact }: NoticeReach, help: Composing): Composing {
  return isOldContact ? { ...help, linkOf: () => null } : help;
}
