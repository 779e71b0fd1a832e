import { openHouse, prepareDatabase, startWorker } from '../house/index.ts';
import { readConfig } from '../platform/index.ts';

const prepared = await prepareDatabase(readConfig(process.env), 'mainstay');
const app = await openHouse(prepared.config, 'worker');
const worker = await startWorker(app, prepared.config);
process.send?.({ started: 'worker' });

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void worker
      .stop()
      .then(() => app.close())
      .then(() => prepared.stop())
      .finally(() => process.exit(0));
  });
