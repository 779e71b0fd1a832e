import 'reflect-metadata';
import pg from 'pg';
import { peakRssMb } from './meter.ts';
import { seed, type SeedOrder } from './seed.ts';

// A process of its own, so that making and reading a whole caseload is not counted as memory of the weekly run.
process.once('message', (order: SeedOrder & { superuserUrl: string }) => {
  void (async () => {
    const sql = new pg.Client({ connectionString: order.superuserUrl });
    await sql.connect();
    const people = await seed(order, sql);
    await sql.end();
    process.send?.({ people, peakRssMb: peakRssMb(process.pid) }, () => process.exit(0));
  })();
});
