import { constraintsAreNamed } from './checks/constraints-are-named.ts';
import { keysPointDown } from './checks/keys-point-down.ts';
import { faultsPlanted, migration } from './planted-tree.ts';

describe('a planted foreign key', () => {
  const planted = (sql: string): Promise<string[]> =>
    faultsPlanted(keysPointDown, { 'migrations/0001-a.ts': migration(sql) });

  it('is caught pointing up, on its line', async () => {
    const sql = `create table families.family (\n  run_id bigint constraint fk_a references payments.run\n);`;
    expect(await planted(sql)).toEqual([
      expect.stringMatching(
        /^migrations\/0001-a\.ts:3 a foreign key of families \(floor 4\) points up .* Turn it round/,
      ),
    ]);
  });

  it('is caught pointing up when it is added later', async () => {
    const sql = `alter table ledger.account add constraint fk_a foreign key (fund_id) references funds.fund (id);`;
    expect(await planted(sql)).toEqual([expect.stringContaining('points up to funds.fund')]);
  });

  it('is caught without a schema, with a schema that has no floor, and with a cascade', async () => {
    expect(await planted(`create table payments.a (b int references run);`)).toEqual([
      expect.stringContaining('Write schema.table'),
    ]);
    expect(await planted(`create table attic.a (b int references ledger.c);`)).toEqual([
      expect.stringContaining('no floor'),
    ]);
    expect(await planted(`create table payments.a (b int references payments.c on delete cascade);`)).toEqual([
      expect.stringContaining('Leave it out'),
    ]);
  });

  it('is let through pointing down, and in comments and quotes', async () => {
    const sql = `-- references payments.run; it's so\ncreate table families.a (b int references identity.c, d text default 'references payments.run');`;
    expect(await planted(sql)).toEqual([]);
  });
});

describe('a planted constraint', () => {
  const planted = (sql: string): Promise<string[]> =>
    faultsPlanted(constraintsAreNamed, { 'migrations/0001-a.ts': migration(sql) });

  const nameless: [string, RegExp][] = [
    [`create table payments.a (id int primary key);`, /nameless primary key\. .*begins pk_/],
    [`create table payments.a (id int references payments.b);`, /nameless references\. .*begins fk_/],
    [
      `create table payments.a (id int, foreign key (id)\n references payments.b);`,
      /nameless foreign key .*begins fk_/,
    ],
    [`create table payments.a (id int not null unique);`, /nameless unique\. .*begins uq_/],
    [`create table payments.a (id int check (id > 0));`, /nameless check\. .*begins ck_/],
    [`create table payments.a (id int, exclude using gist (id with =));`, /nameless exclude\. .*begins ex_/],
    [`create domain payments.d as text check (value <> '');`, /nameless check/],
    [`alter table payments.a add unique (id);`, /nameless unique/],
    [`create index on payments.a (id);`, /nameless index\. .*begins ix_/],
    [`create table payments.a (id int constraint positive check (id > 0));`, /calls a check positive/],
    [`create unique index ix_a on payments.a (id);`, /calls a index ix_a.*begins uq_/],
    [
      `create trigger follow before insert on payments.a for each row execute function f();`,
      /calls a trigger follow.*guard_/,
    ],
    [`select 1; $$ raise exception 'no' using constraint = 'rule_a'; $$`, /raises under the name rule_a.*guard_/],
  ];
  for (const [sql, says] of nameless) {
    it(`is caught in: ${sql.replace(/\s+/g, ' ')}`, async () => {
      expect(await planted(sql)).toEqual([expect.stringMatching(says)]);
    });
  }

  it('is let through when each has a name, and outside tables', async () => {
    const sql = `
      create table payments.a (
        id int constraint pk_a primary key constraint fk_a_of_b references payments.b,
        constraint fk_a_of_c foreign key (id) references payments.c (id),
        constraint ck_a_is_unique_check check (id > 0) -- unique
      );
      create unique index uq_a on payments.a (id); create index ix_a on payments.a (id);
      create policy p on payments.a using (true) with check (true);`;
    expect(await planted(sql)).toEqual([]);
  });
});
