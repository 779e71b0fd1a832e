import { Children } from '../../src/demo/children.ts';
import { operatorOf, type PlainDate } from '../../src/kernel/index.ts';
import { SetSender } from '../../src/notices/index.ts';
import { freePort, type ReadyConfig } from '../../src/platform/index.ts';
import { StandInNotify } from '../support/stand-in-notify.ts';
import { type Council, withHouse } from './council.ts';
import type { Ground } from './ground.ts';

const CALLBACK_TOKEN = 'a token of the fault harness, long enough';
const DELIVERED_AFTER_MS = 200;
/** Notify tries a receipt six times in all: long enough apart that a Postgres can crash and come back meanwhile. */
const CALLBACK_RETRY_MS = 1500;

/** A Notify in a process of its own, and the web process it tells what became of its messages. */
export class NotifyTrial {
  readonly #web = new Children();

  private constructor(
    readonly notify: StandInNotify,
    private readonly port: number,
  ) {}

  /** Starts it, and sets the council up to send through it. */
  static async start(config: ReadyConfig, council: Council, today: PlainDate, ground: Ground): Promise<NotifyTrial> {
    const port = await freePort();
    const notify = await StandInNotify.start({
      ...{ callbackUrl: `http://127.0.0.1:${port}/notify/northshire/callback`, callbackToken: CALLBACK_TOKEN },
      ...{ callbackRetryMs: CALLBACK_RETRY_MS, deliveredAfterMs: DELIVERED_AFTER_MS },
    });
    ground.atEnd(async () => notify.stop());
    await withHouse(config, today, (app) =>
      app.get(SetSender).run(operatorOf(council.authorityId), {
        ...notify.notifyAccount,
        ...{ callbackToken: CALLBACK_TOKEN, pageUrl: 'https://pages.example', isNeutral: true },
      }),
    );
    return new NotifyTrial(notify, port);
  }

  /** Opens the web process, on a day, for as long as something is done. */
  async whileWebIsUp<T>(environment: Record<string, string>, work: () => Promise<T>): Promise<T> {
    await this.#web.start('web', { ...environment, PORT: String(this.port), LOG_LEVEL: 'silent' });
    try {
      return await work();
    } finally {
      await this.#web.stop();
    }
  }
}
