import type { AddressInfo } from 'node:net';
import { HELP, readOptions } from './options.ts';
import { standInServer } from './server.ts';
import { Service } from './service.ts';
import { templates } from './templates.ts';

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(`${HELP}\n`);
  else start(options.port, new Service(options));
} catch (error) {
  process.exitCode = 2;
  process.stderr.write(`${(error as Error).message}\n\n${HELP}\n`);
}

function start(port: number, service: Service): void {
  const server = standInServer(service);
  server.once('error', (error) => {
    process.stderr.write(`The port ${port} cannot be used: ${error.message}\n`);
    process.exit(1);
  });
  server.listen(port, '127.0.0.1', () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (process.connected) process.send?.({ started: url, url, templates: templateIds() });
    else process.stdout.write(`${url}\n`);
  });
  // Started by another process: when that one is gone, so is this one.
  if (process.send) process.once('disconnect', () => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(0));
}

/** The ids somebody would copy from Notify's pages. */
function templateIds(): Record<string, string> {
  return Object.fromEntries(templates.map(({ type, id }) => [type, id]));
}
