import { channels, familyReach } from '../../../src/families/index.ts';
import { UnitOfWork } from '../../../src/platform/index.ts';
import { type Attack, type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

let scene: GuardScene;
beforeAll(async () => {
  scene = await guardScene();
  const { superuser, council } = scene.house;
  const { rows } = await superuser.query<{ id: string }>(
    `select id from families.family where authority_id = $1 order by id limit 1`,
    [council.id],
  );
  Object.assign(scene.names, { family: rows[0]?.id });
  await superuser.query(
    `update families.family set contact = 'yes', mobile = '+447700900123', email = 'family@example.org',
            address_line_1 = '1 High Street', town = 'London', postcode = 'SE1 1AA', safe_channels = $2 where id = $1`,
    [rows[0]?.id, channels],
  );
});
afterAll(() => scene.house.close());

const family = (what: string): string => `update families.family set ${what} where id = {family};`;
/** SQL that fails by this name unless what it asks is so. */
const saying = (name: string, question: string): string =>
  `do $q$ begin if not coalesce((${question}), false) then raise exception '' using constraint = '${name}'; end if; end $q$;`;
const mayBeTold = (way: string): string => `families.may_be_told_by({family}, '${way}')`;

const ways: Attack[] = [
  ['ck_family_safe_ways_are_known', 'a family told by pigeon', family(`safe_channels = '{sms,pigeon}'`)],
  ['ck_family_safe_ways_are_known', 'a way that is none', family(`safe_channels = '{null}'`)],
  [
    'ck_family_first_way_is_safe',
    'a first way that is not safe',
    family(`safe_channels = '{sms}', first_channel = 'call'`),
  ],
  ['ck_family_first_way_is_safe', 'a first way of none', family(`safe_channels = '{}', first_channel = 'call'`)],
  [
    'ck_family_first_way_is_safe',
    'a way that stops being safe and stays the first',
    family(`first_channel = 'sms'`) + family(`safe_channels = '{email}'`),
  ],
  ['ck_family_reads_a_language', 'a language that is no code', family(`reads = 'Arabic'`)],
  [
    'ck_family_not_to_be_contacted_gets_nothing_sent',
    'a message to a family that must not be contacted',
    family(`contact = 'no'`) + family(`safe_channels = '{sms}'`),
  ],
  [
    'ck_family_not_to_be_contacted_gets_nothing_sent',
    'a way opened for a new family that must not be contacted',
    `insert into families.family (id, authority_id, reference, contact) values (77, {ours}, 'NEW', 'no');
     update families.family set safe_channels = '{letter,call}' where id = 77`,
  ],
];

describe('Which ways of telling a family are safe', () => {
  itRefuses(() => scene, ways);
  itRefuses(() => scene, ways, 'owner');

  const taken: [string, string][] = [
    ['every way with one of them first', family(`first_channel = 'letter'`)],
    ['no way at all', family(`safe_channels = '{}'`)],
    ['a call to a family nothing is sent to', family(`contact = 'no'`) + family(`safe_channels = '{call}'`)],
    ['another language to read', family(`reads = 'ur'`)],
  ];
  it.each(taken)('may be %s', async (_, sql) => {
    expect(await scene.attack(sql)).toBe('accepted');
  });
});

describe('A family that must not be contacted', () => {
  it('has no way left, whoever writes it down and whatever was first', async () => {
    const closed = saying(
      'open',
      `select safe_channels = '{}' and first_channel is null from families.family where id = {family}`,
    );
    expect(await scene.attack(family(`first_channel = 'sms'`) + family(`contact = 'no'`) + closed)).toBe('accepted');
  });

  it('keeps a call that was the only way', async () => {
    const kept = saying('lost', `select safe_channels = '{call}' from families.family where id = {family}`);
    expect(await scene.attack(family(`safe_channels = '{call}'`) + family(`contact = 'no'`) + kept)).toBe('accepted');
  });
});

describe('Whether a family may be told in a way', () => {
  it.each(channels)('is yes for %s, when it is safe and there is somewhere for it to go', async (way) => {
    expect(await scene.attack(saying('refused', mayBeTold(way)))).toBe('accepted');
  });

  const not: [string, string, string][] = [
    ['sms', 'not safe', `safe_channels = '{email,letter,call}'`],
    ['sms', 'without a mobile number', 'mobile = null'],
    ['email', 'without an address', 'email = null'],
    ['letter', 'without a town', 'town = null'],
    ['letter', 'to a family that must not be contacted', `contact = 'no'`],
    ['call', 'not safe', `safe_channels = '{sms}'`],
    ['pigeon', 'unknown', `ward = 'North'`],
  ];
  it.each(not)('is no for %s %s', async (way, _, what) => {
    expect(await scene.attack(family(what) + saying('refused', `not ${mayBeTold(way)}`))).toBe('accepted');
  });

  it('is yes for a call to a family nothing is sent to, when it said so', async () => {
    const onlyACall = family(`safe_channels = '{call}'`) + family(`contact = 'no'`);
    expect(await scene.attack(onlyACall + saying('refused', mayBeTold('call')))).toBe('accepted');
  });

  it("is no for another council's family, and for none", async () => {
    const theirs = `select families.may_be_told_by(id, 'call') from families.family where authority_id = {theirs} limit 1`;
    expect(await scene.attack(saying('refused', theirs))).toBe('refused');
    expect(await scene.attack(saying('refused', `families.may_be_told_by(1, 'call')`))).toBe('refused');
  });

  it('says the same as the door, for every family there is', async () => {
    const { app, council, superuser } = scene.house;
    const { rows } = await superuser.query<{ id: string; ways: string[] }>(
      `select set_config('mainstay.authority', $1, false), f.id, array(select c from unnest($2::text[]) c
         where families.may_be_told_by(f.id, c)) as ways from families.family f where f.authority_id = $1::smallint`,
      [council.id, channels],
    );
    const ids = rows.map((row) => row.id);
    const reach = await app.get(UnitOfWork).read(council.actors.caseworker, (tx) => familyReach(tx, ids));
    expect(ids.map((id) => reach.get(id)?.ways)).toEqual(rows.map((row) => row.ways));
    expect(rows.some((row) => row.ways.length === 4)).toBe(true);
  });
});
