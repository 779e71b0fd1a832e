import type { ReadyConfig } from '../platform/index.ts';
import type { Children } from './children.ts';

/** Starts a worker and a web front. @returns the address of the web front: the port asked for, else the usual, else a free one */
export async function startProcesses(children: Children, config: ReadyConfig, port?: string): Promise<string> {
  const environment = {
    ...{ DATABASE_URL: config.DATABASE_URL, FIELD_KEY: config.FIELD_KEY, REDIS_URL: config.REDIS_URL ?? '' },
    ...{ QUEUE_PREFIX: config.QUEUE_PREFIX, MAINSTAY_TODAY: config.MAINSTAY_TODAY ?? '', LOG_LEVEL: config.LOG_LEVEL },
    ...{ DATA_DIR: config.dataDir, EXPORT_DIR: config.exportDir, SWEEP_SECONDS: '1', DEMO_SIGN_IN: 'true' },
    ...(port === undefined ? {} : { PORT: port }),
  };
  const worker = children.start('worker', environment);
  const web = children.start('web', environment).catch(() => children.start('web', { ...environment, PORT: '0' }));
  await worker;
  return (await web).said.replace('[::1]', 'localhost');
}
