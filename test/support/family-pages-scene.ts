import type { FamilyPersona } from '../../src/demo/personas.ts';
import { clockOf } from '../../src/kernel/index.ts';
import {
  DecideTranslation,
  draftNotices,
  type Language,
  LookAtFamilyPage,
  OpenFamilyPage,
  SendFamilyMessage,
  serveNotices,
  wordsDigest,
} from '../../src/notices/index.ts';
import { sampleFacts } from '../../src/notices/words/sample-facts.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { codeOf } from './family-visitor.ts';
import type { TestHouse } from './test-house.ts';

/** Families that look at their own page, each the one of a persona. */
const looking = { family: 'P-WELFARE', 'family in Arabic': 'P-BABY', 'discreet family': 'P-ARREARS' } as const;
/** Who looks at a family's own page. */
export type LookingFamily = keyof typeof looking;
export const lookingFamilies = Object.keys(looking) as LookingFamily[];

/** What families of the scene have on their own pages. */
export interface FamilyPagesScene {
  /** What their session cookies hold. */
  readonly familySessions: Readonly<Record<LookingFamily, string>>;
  /** A notice of each. */
  readonly familyNotices: Readonly<Record<LookingFamily, string>>;
  /** A message that waits for an answer. */
  readonly familyMessage: string;
}

/** Lets families onto their pages: one in English, one in Arabic that a manager approved, one that must not be named. */
export async function familyPagesScene(
  house: TestHouse,
  family: Readonly<Record<FamilyPersona, string>>,
): Promise<FamilyPagesScene> {
  const { app, council, superuser } = house;
  await app.get(DecideTranslation).run(council.actors.manager, 'ar', {
    ...{ outcome: 'approved', reason: 'Read by a colleague who grew up with it', seen: wordsDigest('ar') },
  });
  await superuser.query(`update families.family set reads = 'ar' where id = $1`, [family['P-BABY']]);
  const ids = lookingFamilies.map((who) => family[looking[who]]);
  const notices = await app.get(UnitOfWork).run({ name: 'test.tell', actor: clockOf(council.id) }, async (tx) => {
    const [, facts] = sampleFacts;
    if (!facts) throw new Error('no sample');
    const drafted = ids.map((familyId) => ({ familyId, facts, affectsOn: null, noticeDays: 0 }));
    const made = await draftNotices(tx, drafted);
    await serveNotices(tx, made);
    return made;
  });
  const sessions: string[] = [];
  for (const id of ids) sessions.push(await comeIn(house, id));
  const each = <T>(values: readonly T[]) =>
    Object.fromEntries(lookingFamilies.map((who, index) => [who, values[index]])) as Record<LookingFamily, T>;
  return {
    ...{ familySessions: each(sessions), familyNotices: each(notices) },
    familyMessage: await writtenFrom(house, sessions),
  };
}

/** Lets the family that reads Arabic read another language, approved by a manager, for whoever looks at its pages. */
export async function readInstead({ app, council, superuser }: TestHouse, language: Language): Promise<void> {
  if (language !== 'en')
    await app.get(DecideTranslation).run(council.actors.manager, language, {
      ...{ outcome: 'approved', reason: 'Read by a colleague who grew up with it', seen: wordsDigest(language) },
    });
  await superuser.query(`update families.family set reads = $1 where reads = 'ar'`, [language]);
}

async function comeIn(house: TestHouse, familyId: string): Promise<string> {
  const secret = await house.app.get(OpenFamilyPage).run(await codeOf(house, familyId), 'the scene');
  const look = house.app.get(LookAtFamilyPage);
  const guest = await look.find(secret, null);
  if (guest) await look.isSafe(guest);
  return secret;
}

async function writtenFrom({ app }: TestHouse, sessions: readonly string[]): Promise<string> {
  let messageId = '';
  for (const secret of sessions) {
    const guest = await app.get(LookAtFamilyPage).find(secret, null);
    if (!guest) throw new Error('the session is over');
    const text =
      guest.language === 'ar' ? 'لم يصل المال إلى حسابي' : 'The money is not in my account, and the rent is due.';
    ({ messageId } = await app.get(SendFamilyMessage).run(guest, {
      ...{ kind: 'not-arrived', aboutDay: null, text, reach: '07700 900999 after 6 pm' },
    }));
  }
  return messageId;
}
