import { verifyAll } from '../../src/house/index.ts';
import { child, familyRows, FIRST_PAY_DATE, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { testHouse } from '../support/test-house.ts';
import { readFileSync, writeFileSync } from 'node:fs';

it('goes through', async () => {
  const t: unknown[] = [];
  const began = performance.now();
  const lap = (w: string) => t.push([w, Math.round(performance.now() - began)]);
  const house = await testHouse({ web: true });
  lap('house');
  await takeIn(house.app, house.council, [...familyRows('A-1', {}, child('2020-01-01')), ...familyRows('A-2')]);
  lap('import');
  const id = await completeRun(house.app, house.council, FIRST_PAY_DATE);
  lap('run');
  const r = await house.superuser.query('select state, line_count, held_count, total from payments.run where id = $1', [id]);
  t.push(r.rows[0], await verifyAll(house.app), house.url);
  const cons = await house.superuser.query(`select n.nspname||'.'||c.relname as t, conname, contype from pg_constraint k join pg_class c on c.oid=conrelid join pg_namespace n on n.oid=c.relnamespace where n.nspname not in ('pg_catalog','information_schema','bullmq') and contype<>'n'
  union all select 'domain', conname, contype from pg_constraint where contypid<>0 and connamespace='kernel'::regnamespace
  union all select schemaname||'.'||tablename, indexname, 'i' from pg_indexes where schemaname not in ('pg_catalog','information_schema','bullmq')
  union all select tgrelid::regclass::text, tgname, 'g' from pg_trigger where not tgisinternal order by 1,3,2`);
  writeFileSync('/tmp/cons.txt', cons.rows.map((x: any) => `${x.t} ${x.contype} ${x.conname}`).join('\n'));
  const g = await house.superuser.query(`select table_schema||'.'||table_name t, string_agg(privilege_type, ',') p from information_schema.role_table_grants where grantee='mainstay_app' and table_schema<>'bullmq' group by 1 order by 1`);
  writeFileSync('/tmp/grants.txt', g.rows.map((x: any) => `${x.t} ${x.p}`).join('\n'));
  await house.close();
  lap('close');
  writeFileSync('/tmp/smoke.txt', JSON.stringify(t, null, 1));
}, 60000);
