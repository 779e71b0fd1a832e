import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('main.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly told: string;
}

describe('a council whose workers are killed, whose queue is wiped and whose Postgres crashes', () => {
  it('pays every family that is due exactly once, and tells each of a move exactly once', async () => {
    const ended = await runFaults([
      '--families',
      '60',
      '--kills',
      '3',
      '--seed',
      '1',
      '--backend',
      'postgres',
      '--json',
    ]);
    const answer = JSON.parse(ended.out.trimEnd().split('\n').at(-1) ?? '') as { results: Record<string, unknown>[] };
    expect(answer.results).toMatchObject([
      {
        backend: 'postgres',
        kills: 3,
        queueWipes: 1,
        postgresCrashes: 1,
        duplicates: 0,
        missing: 0,
        ledgerBalanced: true,
        bank: { kills: 4, halfApplied: 0, notOnce: 0, untied: 0 },
        notices: { duplicates: 0, missing: 0, kills: 2 },
      },
    ]);
    expect(answer.results[0]?.paid).toBe(answer.results[0]?.expected);
    expect(answer.results[0]?.expected).toBeGreaterThan(100);
    const told = answer.results[0]?.notices as Record<string, number>;
    expect(told.accepted).toBe(told.expected);
    expect(told.inForce).toBeGreaterThan(20);
    expect(ended).toMatchObject({ code: 0 });
  });

  it('refuses to count kills it was not asked for', async () => {
    const ended = await runFaults(['--kills', 'many']);
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.told).toContain('--kills must be a whole number from 1 to 1000.');
  });
});

function runFaults(options: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', told: '' };
  child.stdout.on('data', (text: Buffer) => (said.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said.told += text.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })));
}
