import 'reflect-metadata';
import { DomainError } from '../../src/kernel/index.ts';
import { benchBoard } from './board.ts';
import { BENCH_HELP, type BenchOptions, readBenchOptions } from './options.ts';
import { benchGrants } from './grants.ts';
import { benchNotices } from './notices.ts';
import { benchPages } from './pages.ts';
import { benchReconcile } from './reconcile.ts';
import { benchRun } from './run.ts';
import { benchSpend } from './spend.ts';

/** What can be measured, by name. */
const subcommands: Readonly<Record<string, (options: BenchOptions) => Promise<void>>> = {
  run: benchRun,
  pages: benchPages,
  notices: benchNotices,
  reconcile: benchReconcile,
  grants: benchGrants,
  board: benchBoard,
  spend: benchSpend,
};

const [name = '', ...rest] = process.argv.slice(2);
const subcommand = subcommands[name];
try {
  if (!subcommand || rest.includes('--help')) {
    process.stderr.write(`${BENCH_HELP}\n`);
    process.exitCode = subcommand ? 0 : 2;
  } else await subcommand(readBenchOptions(rest));
} catch (error) {
  process.exitCode = 1;
  const problem = error as Error;
  process.stderr.write(`\n${problem.stack ?? problem.message}\n`);
  if (problem instanceof DomainError)
    for (const item of problem.items.slice(0, 20)) process.stderr.write(`  ${JSON.stringify(item)}\n`);
}
