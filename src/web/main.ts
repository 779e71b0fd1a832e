import 'reflect-metadata';
import { prepareDatabase } from '../house/index.ts';
import { LOGGER, type Logger, QueuePort, readConfig } from '../platform/index.ts';
import { openWeb } from './open-web.ts';

const prepared = await prepareDatabase(readConfig(process.env), 'mainstay');
const app = await openWeb(prepared.config);
try {
  await app.listen(prepared.config.PORT, prepared.config.HOST);
} catch (error) {
  process.stderr.write(
    `The address ${prepared.config.HOST}:${prepared.config.PORT} cannot be used: ${(error as Error).message}\n`,
  );
  process.exit(1);
}
app.get<Logger>(LOGGER).info({ event: 'web.started', url: await app.getUrl() });
if (process.connected) process.send?.({ started: await app.getUrl() });

// Started by another process (the demonstration): when that one is gone, so is this one.
if (process.send) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    void app
      .close()
      .then(() => app.get(QueuePort).close())
      .then(() => prepared.stop())
      .finally(() => process.exit(0));
  });
