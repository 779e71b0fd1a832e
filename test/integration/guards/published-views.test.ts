import { type GuardScene, guardScene, itRefuses } from '../../support/guard-scene.ts';

/** Every view of ours, whether it lets nobody see more than they could, and who owns it. */
const VIEWS = `
  select n.nspname || '.' || c.relname as name, coalesce(c.reloptions::text like '%security_invoker=true%', false) as invoker,
         pg_get_userbyid(c.relowner) as owner,
         (select string_agg(a.attname, ',' order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'bullmq', 'public') order by 1`;

interface View {
  readonly name: string;
  readonly invoker: boolean;
  readonly owner: string;
  readonly columns: string;
}

const EMPTY_HERE = ['ledger.v_spent_besides', 'payments.v_given_back', 'payments.v_spend_unrolled'];

let scene: GuardScene;
let views: View[];
beforeAll(async () => {
  scene = await guardScene();
  views = (await scene.house.superuser.query<View>(VIEWS)).rows;
});
afterAll(() => scene.house.close());

const published = (): View[] => views.filter(({ name }) => name.includes('.v_'));
const leaky = (all: readonly View[]): string[] => all.filter(({ invoker }) => !invoker).map(({ name }) => name);

/** Counts rows of a view as somebody in a council's scope, or in none. */
async function rowsSeen(client: 'appClient' | 'owner', scope: string, view: string, where = 'true'): Promise<number> {
  const at = scene.house[client];
  await at.query('begin');
  if (scope) await at.query(`select set_config('mainstay.authority', $1, true)`, [scope]);
  const found = await at.query(`select 1 from ${view} where ${where}`);
  await at.query('rollback');
  return found.rowCount ?? 0;
}

describe('A published view', () => {
  it('is one of these', () => {
    expect(published().map(({ name }) => name)).toEqual([
      ...[
        'families.v_family',
        'grants.v_award',
        'grants.v_committed',
        'grants.v_instalment',
        'ledger.v_fund_day',
        'ledger.v_spent',
        'ledger.v_spent_besides',
        'payments.v_given_back',
        'payments.v_paid',
        'payments.v_reserved',
        'payments.v_spend_day',
        'payments.v_spend_month',
        'payments.v_spend_unrolled',
      ],
      'subsistence.v_standard',
    ]);
  });

  it('asks row-level security in the name of whoever reads it, as every view does', async () => {
    expect(leaky(views)).toEqual([]);
    const { superuser } = scene.house;
    await superuser.query('begin');
    await superuser.query('create view ledger.v_planted as select * from ledger.transfer');
    expect(leaky((await superuser.query<View>(VIEWS)).rows)).toEqual(['ledger.v_planted']);
    await superuser.query('rollback');
  });

  it.each(['appClient', 'owner'] as const)(
    'shows a council its own rows, and none of another (as %s)',
    async (client) => {
      const { council, other } = scene.house;
      for (const { name } of published()) {
        expect([name, await rowsSeen(client, council.id, name, `authority_id <> ${council.id}`)]).toEqual([name, 0]);
        // Nobody has an award in this scene; journeys/spend-grants looks where somebody has. Every run is in the sums already.
        const isEmpty = name.startsWith('grants.') || EMPTY_HERE.includes(name);
        expect([name, (await rowsSeen(client, council.id, name)) > 0]).toEqual([name, !isEmpty]);
      }
      expect(await rowsSeen(client, other.id, 'ledger.v_spent')).toBe(2);
      expect(await rowsSeen(client, council.id, 'ledger.v_spent', `run_id = ${scene.names.their_run}`)).toBe(0);
    },
  );

  it('shows nothing at all when no council is set', async () => {
    for (const { name } of published()) expect([name, await rowsSeen('appClient', '', name)]).toEqual([name, 0]);
  });

  it('holds no name, address, phone number or account of anybody', () => {
    for (const { name, columns } of published())
      expect([name, columns]).toEqual([
        name,
        expect.not.stringMatching(/\b(name|mobile|email|address\w*|postcode|sealed|born|standard_reason)\b/),
      ]);
    expect(published().find(({ name }) => name === 'families.v_family')?.columns).toBe(
      'authority_id,id,reference,team,ward',
    );
  });
});

describe('Writing through a published view', () => {
  itRefuses(
    () => scene,
    [
      ['permission denied', 'moving a family to another team', `update families.v_family set team = 'Mine'`],
      ['permission denied', 'changing a standard', `update subsistence.v_standard set standard = 'welfare'`],
      ['permission denied', 'taking a family away', 'delete from families.v_family'],
      ['permission denied', 'adding a plan', `insert into subsistence.v_standard values ({ours}, 1, 'welfare')`],
    ],
  );
});
