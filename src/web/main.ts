import { openWeb, prepareDatabase } from '../house/index.ts';
import { LOGGER, type Logger, QueuePort, readConfig } from '../platform/index.ts';

const prepared = await prepareDatabase(readConfig(process.env), 'mainstay');
const app = await openWeb(prepared.config);
await app.listen(prepared.config.PORT, prepared.config.HOST);
app.get<Logger>(LOGGER).info({ event: 'web.started', url: await app.getUrl() });
process.send?.({ started: await app.getUrl() });

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void app
      .close()
      .then(() => app.get(QueuePort).close())
      .then(() => prepared.stop())
      .finally(() => process.exit(0));
  });
