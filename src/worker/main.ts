import { openHouse, prepareDatabase, startWorker } from '../house/index.ts';
import { readConfig } from '../platform/index.ts';

const prepared = await prepareDatabase(readConfig(process.env), 'mainstay');
const app = await openHouse(prepared.config, 'worker');
const worker = await startWorker(app, prepared.config);
if (process.connected) process.send?.({ started: 'worker' });

// Started by another process (the demonstration): when that one is gone, so is this one.
if (process.send) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    void worker
      .stop()
      .then(() => app.close())
      .then(() => prepared.stop())
      .finally(() => process.exit(0));
  });
