import { nameCheckAnswers, nameCheckCodes } from '../../../src/families/index.ts';
import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
});
afterAll(() => scene.house.close());

const OTHER = `family_id: (select f.id from families.family f where not exists
  (select from families.instrument i where i.family_id = f.id and i.state = 'proposed') limit 1)`;
/** Details proposed for a family that has none waiting. */
const proposal = (changes: Record<string, unknown>): string =>
  copyOf('families.instrument', `state = 'proposed'`, changes).replace(
    'jsonb_build_object()',
    `jsonb_build_object('family_id', ${OTHER.slice('family_id: '.length)})`,
  );
const answered = (name_check: string, name_check_answer: string, name_check_reason: string | null = null): string =>
  proposal({ name_check, name_check_answer, name_check_reason });
const change = (what: string): string => `update families.instrument set ${what} where state = 'proposed'`;

const attacks: Attack[] = [
  ['ck_bank_details_can_exist', 'an account number that cannot exist', proposal({ modulus: 'invalid' })],
  ['ck_name_check_is_what_was_answered', 'an answer no bank gives', answered('match', 'YES')],
  ['ck_name_check_is_what_was_answered', 'a wrong name called a match', answered('match', 'ANNM')],
  ['ck_name_check_is_what_was_answered', 'a wrong name called a close match', answered('close-match', 'ANNM')],
  ['ck_name_that_does_not_match_has_a_reason', 'a wrong name without a reason', answered('no-match', 'ANNM')],
  ['ck_name_check_reason_is_short', 'a reason of spaces', answered('no-match', 'ANNM', '  ')],
  ['ck_name_check_reason_is_short', 'a reason as long as a letter', answered('no-match', 'ANNM', 'x'.repeat(301))],
  ['guard_checks_of_bank_details_stand', 'a number called checked afterwards', change(`modulus = 'valid'`)],
  [
    'guard_checks_of_bank_details_stand',
    'a match written over what the bank said',
    change(`name_check = 'match', name_check_answer = 'match'`),
  ],
  ['guard_checks_of_bank_details_stand', 'a reason put in later', change(`name_check_reason = 'We know her'`)],
];

describe('What the banks said of an account', () => {
  itRefuses(() => scene, attacks);
  itRefuses(() => scene, attacks.slice(-3), 'owner');

  it('is taken down as it was answered, every answer there is', async () => {
    for (const code of nameCheckCodes)
      expect([code, await scene.attack(answered(nameCheckAnswers[code].result, code, 'Seen on the card'))]).toEqual([
        code,
        'accepted',
      ]);
    expect(await scene.attack(proposal({ modulus: 'valid' }))).toBe('accepted');
  });
});
