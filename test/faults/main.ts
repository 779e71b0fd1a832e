import { Ground } from './ground.ts';
import { FAULTS_HELP, type FaultOptions, readFaultOptions } from './options.ts';
import { type Skipped, type Survived, tryBackend } from './try-backend.ts';

const COLUMNS = [
  ...['backend', 'kills', 'queueWipes', 'postgresCrashes', 'runs', 'expected', 'paid'],
  ...['duplicates', 'missing', 'ledgerBalanced', 'seconds'],
] as const;

async function main(options: FaultOptions): Promise<void> {
  const ground = new Ground();
  clearWhenEnded(ground);
  ground.tell(`Seed ${options.seed}: ${options.families} families, ${options.kills} kills on each backend.`);
  try {
    const results: (Survived | Skipped)[] = [];
    for (const backend of options.backends) results.push(await tryBackend(backend, options, ground));
    const answer = options.json ? JSON.stringify({ seed: options.seed, results }) : table(options.seed, results);
    process.stdout.write(`${answer}\n`);
    if (results.some((result) => !('skipped' in result) && !isSound(result))) process.exitCode = 1;
  } finally {
    await ground.clear();
  }
}

/** Leaves nothing behind on Ctrl-C or after a fault of the harness itself. */
function clearWhenEnded(ground: Ground): void {
  const end = async (last: string, code: number): Promise<void> => {
    ground.tell(last);
    await ground.clear();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end('Stopping.', 130));
  process.once('uncaughtException', (error) => void end(error.stack ?? error.message, 1));
}

function isSound(result: Survived): boolean {
  const { bank, notices } = result;
  const isBankSound = bank.kills > 0 && bank.halfApplied + bank.notOnce + bank.untied === 0;
  const isEverybodyTold = notices.duplicates === 0 && notices.missing === 0 && notices.expected > 0;
  return result.duplicates === 0 && result.missing === 0 && result.ledgerBalanced && isBankSound && isEverybodyTold;
}

function table(seed: number, results: readonly (Survived | Skipped)[]): string {
  const rows = results.map((result) => {
    if ('skipped' in result) return `${result.backend}: not tried, ${result.skipped}`;
    const told = Object.entries(result.notices).map(([what, n]) => `${what} ${n}`);
    const paid = COLUMNS.map((column) => String(result[column]).padStart(column.length)).join('  ');
    const bank = Object.entries(result.bank).map(([what, n]) => `${what} ${n}`);
    return `${paid}\n  bank: ${bank.join(', ')}\n  notices: ${told.join(', ')}`;
  });
  return [`seed ${seed}`, COLUMNS.join('  '), ...rows].join('\n');
}

try {
  const options = readFaultOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(`${FAULTS_HELP}\n`);
  else await main(options);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${(error as Error).stack}\n`);
}
