import { isAbsolute } from 'node:path';
import { DomainError } from '../../src/kernel/index.ts';
import { Clock, readConfig } from '../../src/platform/index.ts';

function refusalOf(environment: Record<string, string>): DomainError {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

const fieldsOf = (environment: Record<string, string>): string[] =>
  refusalOf(environment)
    .items.map((item) => String(item.field))
    .toSorted();

const production = {
  ...{ NODE_ENV: 'production', DATABASE_URL: 'postgres://app@db/mainstay', FIELD_KEY: 'a1'.repeat(32) },
};

describe('the settings', () => {
  it('are complete without any being set', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      ...{ NODE_ENV: 'development', PORT: 3000, HOST: '127.0.0.1', DATABASE_POOL: 8, LOG_LEVEL: 'info' },
      ...{ QUEUE_PREFIX: 'mainstay', QUEUE_CONCURRENCY: 2, SWEEP_SECONDS: 5 },
    });
    expect([config.DATABASE_URL, config.REDIS_URL, config.MAINSTAY_TODAY]).toEqual([undefined, undefined, undefined]);
  });

  it('are not set by an empty text', () => {
    expect(readConfig({ PORT: '', REDIS_URL: '', FIELD_KEY: '' }).PORT).toBe(3000);
  });

  it('keep exports beside the data, unless told where', () => {
    const config = readConfig({ DATA_DIR: 'some-data' });
    expect(isAbsolute(config.dataDir)).toBe(true);
    expect(config.exportDir).toBe(`${config.dataDir}/exports`);
    expect(readConfig({ EXPORT_DIR: 'elsewhere' }).exportDir).toMatch(/elsewhere$/);
  });

  it('may say which day it is, outside production', () => {
    expect(readConfig({ MAINSTAY_TODAY: '2026-12-01' }).MAINSTAY_TODAY).toBe('2026-12-01');
  });

  it('ignore what is not Mainstay’s', () => {
    expect(() => readConfig({ PATH: 'x', LANG: 'C' })).not.toThrow();
  });
});

describe('wrong settings', () => {
  const wrong: Record<string, string[]> = {
    NODE_ENV: ['prod'],
    DATABASE_URL: ['mysql://db', 'db', 'http://db/x'],
    DATABASE_POOL: ['1', '201', '-2', '2.5', 'many', '1e2'],
    REDIS_URL: ['postgres://db'],
    QUEUE_PREFIX: ['Mainstay', '1a', 'a b'],
    QUEUE_CONCURRENCY: ['0', '65'],
    SWEEP_SECONDS: ['0', '3601'],
    FIELD_KEY: ['a1', 'x'.repeat(64), 'a1'.repeat(33)],
    PORT: ['65536', '-1', 'http'],
    LOG_LEVEL: ['loud'],
    MAINSTAY_TODAY: ['2026-02-30', 'today', '1/12/2026'],
  };
  for (const [field, values] of Object.entries(wrong))
    it(`are refused for ${field}`, () => {
      for (const value of values) expect(fieldsOf({ [field]: value })).toEqual([field]);
    });

  it('are all told at once', () => {
    const all = Object.fromEntries(Object.entries(wrong).map(([field, values]) => [field, values[0] as string]));
    const refusal = refusalOf(all);
    expect(refusal.code).toBe('configuration_refused');
    expect(fieldsOf(all)).toEqual(Object.keys(wrong).toSorted());
    for (const field of Object.keys(wrong)) expect(refusal.message).toContain(field);
  });

  it('never repeat the value, which may be a secret', () => {
    const secret = 'hunter2'.repeat(9);
    const refusal = refusalOf({ FIELD_KEY: secret, DATABASE_URL: `mysql://app:${secret}@db` });
    expect(JSON.stringify([refusal.message, refusal.items])).not.toContain('hunter2');
  });
});

describe('production', () => {
  it('starts with a database and a key', () => {
    expect(readConfig(production).NODE_ENV).toBe('production');
  });

  it('needs both, and says so at once', () => {
    expect(fieldsOf({ NODE_ENV: 'production' })).toEqual(['DATABASE_URL', 'FIELD_KEY']);
  });

  it('tells what is missing together with what is wrong', () => {
    expect(fieldsOf({ NODE_ENV: 'production', PORT: 'x' })).toEqual(['DATABASE_URL', 'FIELD_KEY', 'PORT']);
  });

  it('takes today from the clock and nowhere else', () => {
    expect(fieldsOf({ ...production, MAINSTAY_TODAY: '2026-12-01' })).toEqual(['MAINSTAY_TODAY']);
  });
});

describe('the clock', () => {
  it('stands still at the day it is told', () => {
    expect(new Clock('2026-12-01').today()).toBe('2026-12-01');
  });

  it('refuses a day that does not exist', () => {
    expect(() => new Clock('2026-02-30')).toThrow(DomainError);
  });

  it('says the day of London otherwise', () => {
    const london = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date());
    const before = london();
    expect([before, london()]).toContain(new Clock().today());
  });
});
