import { AssignFamily, findByName, WriteNote } from '../../../src/families/index.ts';
import { UnitOfWork } from '../../../src/platform/index.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
  const { house, names } = scene;
  const { app, council, superuser } = house;
  const { caseworker } = council.actors;
  const { rows } = await superuser.query<{ id: string; mine: boolean }>(
    `select id, authority_id = $1 as mine from families.family order by authority_id = $1 desc, id`,
    [council.id],
  );
  const [family = '', another = ''] = rows.filter((row) => row.mine).map((row) => row.id);
  Object.assign(names, { family, another, their_family: rows.find((row) => !row.mine)?.id });
  const first = await app.get(WriteNote).run(caseworker, family, { text: 'As written', corrects: null });
  const second = await app.get(WriteNote).run(caseworker, family, { text: 'Put right', corrects: first.noteId });
  Object.assign(names, { note: first.noteId, correction: second.noteId });
  const owner = { ownerId: council.userIds.caseworker, team: 'East', reason: 'Knows them', version: 1 };
  await app.get(AssignFamily).run(caseworker, family, owner);
});
afterAll(() => scene.house.close());

/** SQL that adds a row, with some columns as the attack wants them. */
function added(table: string, usual: Record<string, string>, changes: Record<string, string>): string {
  const row = { authority_id: '{ours}', family_id: '{family}', ...usual, ...changes };
  return `insert into families.${table} (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
}
const note = (changes: Record<string, string> = {}): string =>
  added('note', { text: `'Something'`, written_by: '{caseworker}' }, changes);
const assignment = (changes: Record<string, string> = {}): string =>
  added('assignment', { owner_id: '{manager}', team: `'West'`, reason: `'Moved'`, assigned_by: '{manager}' }, changes);
const hand = (what: string): string => `update families.family set ${what} where id = {family};`;

const notes: Attack[] = [
  ['ck_note_says_something', 'a note that says nothing', note({ text: `'  '` })],
  ['ck_note_says_something', 'a note as long as a book', note({ text: `repeat('a', 4001)` })],
  ['fk_note_of_a_family', 'a note on no family', note({ family_id: '1' })],
  ['fk_note_of_a_family', "a note on another council's family", note({ family_id: '{their_family}' })],
  ['fk_note_is_written_by_a_user', 'a note by nobody', note({ written_by: '999999' })],
  ['fk_note_corrects_a_note_of_its_family', 'a correction of no note', note({ corrects: '1' })],
  [
    'fk_note_corrects_a_note_of_its_family',
    "a correction of another family's note",
    note({ family_id: '{another}', corrects: '{correction}' }),
  ],
  ['uq_note_is_corrected_once', 'a second correction of one note', note({ corrects: '{note}' })],
  ['ck_note_does_not_correct_itself', 'a note that corrects itself', note({ id: '77', corrects: '77' })],
  ['permission denied', 'a note changed', `update families.note set text = 'Something else'`],
  ['permission denied', 'a note deleted', `delete from families.note`],
];

const assignments: Attack[] = [
  ['ck_assignment_says_why', 'a family given away without a reason', assignment({ reason: `' '` })],
  ['ck_assigned_team_has_a_name', 'a team without a name', assignment({ team: `''` })],
  ['fk_assignment_of_a_family', 'nobody given to somebody', assignment({ family_id: '1' })],
  ['fk_assignment_is_to_a_user', 'a family given to nobody known', assignment({ owner_id: '999999' })],
  [
    'fk_assignment_is_to_a_user',
    "a family given to another council's person",
    assignment({ owner_id: '{their_user}' }),
  ],
  ['fk_assignment_is_made_by_a_user', 'a family given away by nobody', assignment({ assigned_by: '999999' })],
  ['guard_change_of_hands_is_on_record', 'a family that changes hands unseen', hand('owner_id = {manager}')],
  ['guard_change_of_hands_is_on_record', 'a family whose team changes unseen', hand(`team = 'West'`)],
  [
    'guard_change_of_hands_is_on_record',
    'a family given to another than was written down',
    `${assignment()} ${hand(`owner_id = {finance}, team = 'West'`)}`,
  ],
  [
    'guard_change_of_hands_is_on_record',
    'a family that begins with somebody nobody gave it to',
    `insert into families.family (authority_id, reference, contact, owner_id) values ({ours}, 'NEW', 'no', {manager})`,
  ],
  [
    'fk_family_owner_is_a_user',
    'a family looked after by nobody known',
    `alter table families.family disable trigger guard_assignment; ${hand('owner_id = 999999')}`,
  ],
  ['permission denied', 'an assignment changed', `update families.assignment set reason = 'Another'`],
];

describe('Notes', () => {
  itRefuses(() => scene, notes);

  it('are taken when they say something, and put right by another', async () => {
    expect(await scene.attack(note({ corrects: '{correction}' }))).toBe('accepted');
  });
});

describe('Who looks after a family', () => {
  const asOwner = (attack: Attack): boolean => attack[0] === 'fk_family_owner_is_a_user';
  itRefuses(
    () => scene,
    assignments.filter((attack) => !asOwner(attack)),
  );
  itRefuses(() => scene, assignments.filter(asOwner), 'owner');

  it('changes when the newest assignment says so', async () => {
    expect(await scene.attack(`${assignment()} ${hand(`owner_id = {manager}, team = 'West'`)}`)).toBe('accepted');
  });
});

describe('Even the owner of the schemas', () => {
  itRefuses(
    () => scene,
    ['note', 'assignment'].flatMap((table): Attack[] => [
      ['guard_append_only', `a row of families.${table} changed`, `update families.${table} set id = id`],
      ['guard_append_only', `a row of families.${table} deleted`, `delete from families.${table}`],
      ['guard_append_only', `families.${table} emptied`, `truncate families.${table} cascade`],
    ]),
    'owner',
  );
});

describe('The words a person is found by', () => {
  it('are those of the name, whatever else is written', async () => {
    const { app, council, superuser } = scene.house;
    await superuser.query(
      `update families.member set name = 'Ngozi  Ade-Smith', name_key = 'x', last_name_key = 'y' where family_id = $1 and relationship = 'lead'`,
      [scene.names.family],
    );
    for (const beginning of ['ngozi', 'ADE-', 'Ngozi ade-smith']) {
      const found = await app
        .get(UnitOfWork)
        .run({ name: 'test', actor: council.actors.caseworker }, (tx) => findByName(tx, beginning, 10));
      expect([beginning, found.map((family) => family.id)]).toEqual([beginning, [scene.names.family]]);
    }
  });
});
