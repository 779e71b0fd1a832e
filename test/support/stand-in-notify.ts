import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FaultsAsked } from '../../src/stand-ins/notify/faults.ts';
import { templates } from '../../src/stand-ins/notify/templates.ts';

/** Where the stand-in's own program is. */
export const STAND_IN_PROGRAM = fileURLToPath(new URL('../../src/stand-ins/notify/main.js', import.meta.url));
const WAITS_AT_MOST_MS = 10_000;

/** What a message was, as the stand-in took it in. */
export interface TakenIn {
  readonly id: string;
  readonly reference: string | null;
  readonly type: 'sms' | 'email' | 'letter';
  readonly to: string;
  readonly body: string;
  readonly subject: string | null;
  readonly status: string;
  readonly postage: string | null;
  readonly pages: number;
  readonly accepted_at: string;
}

/** Everything the stand-in tells of itself. */
export interface Account {
  readonly counts: Readonly<Record<TakenIn['type'], number>>;
  readonly accepted: readonly TakenIn[];
  /** References that came more than once, and how often. */
  readonly duplicates: Readonly<Record<string, number>>;
  readonly callbacks: Readonly<Record<'answered' | 'again' | 'dropped' | 'givenUp' | 'held', number>>;
}

/** How a stand-in is started. */
export interface StandInOptions {
  readonly deliveredAfterMs?: number;
  readonly callbackUrl?: string;
  readonly callbackToken?: string;
  readonly callbackRetryMs?: number;
}

/** A Notify of a test's own: another process that speaks the true contract and goes wrong as asked. */
export class StandInNotify {
  static readonly service = '26785a09-ab16-4eb0-8407-a37497a57506';
  static readonly apiKey = `northshire-${StandInNotify.service}-3d844edf-8d35-48ac-975b-e847b4f122b0`;
  static readonly smsTemplateId = templateOf('sms');
  static readonly emailTemplateId = templateOf('email');
  static readonly letterTemplateId = templateOf('letter');

  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(options: StandInOptions = {}): Promise<StandInNotify> {
    const child = fork(STAND_IN_PROGRAM, argumentsFor(options), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const url = await new Promise<string>((resolve, reject) => {
      child.once('message', (said) => resolve((said as { url: string }).url));
      child.once('exit', (code) => reject(new Error(`the stand-in ended (${code}) before it was up`)));
    });
    return new StandInNotify(url, child);
  }

  /** Gives what a gateway needs to send through it. */
  get notifyAccount() {
    const { apiKey, smsTemplateId, emailTemplateId } = StandInNotify;
    return { baseUrl: this.url, apiKey, smsTemplateId, emailTemplateId };
  }

  /** Asks for faults; `{ clear: true }` ends them all. */
  async ask(faults: FaultsAsked): Promise<void> {
    const response = await fetch(`${this.url}/_control`, { method: 'POST', body: JSON.stringify(faults) });
    if (!response.ok) throw new Error(`the stand-in does not understand: ${await response.text()}`);
  }

  async account(): Promise<Account> {
    return (await (await fetch(`${this.url}/_control`)).json()) as Account;
  }

  /** Waits until what it took in looks as it should. @throws Error with the last account when it never does */
  async until(isSo: (account: Account) => boolean): Promise<Account> {
    const deadline = Date.now() + WAITS_AT_MOST_MS;
    for (;;) {
      const account = await this.account();
      if (isSo(account)) return account;
      if (Date.now() > deadline) throw new Error(`it never came to that: ${JSON.stringify(account)}`);
      await pause(10);
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      this.child.once('exit', () => resolve());
      this.child.kill('SIGTERM');
    });
  }
}

function templateOf(type: TakenIn['type']): string {
  return templates.find((each) => each.type === type)?.id ?? '';
}

function argumentsFor({ deliveredAfterMs, callbackUrl, callbackToken, callbackRetryMs }: StandInOptions): string[] {
  return [
    ...['--port', '0', '--api-key', StandInNotify.apiKey, '--delivered-after-ms', String(deliveredAfterMs ?? 40)],
    ...(callbackUrl === undefined ? [] : ['--callback-url', callbackUrl]),
    ...(callbackToken === undefined ? [] : ['--callback-token', callbackToken]),
    ...['--callback-retry-ms', String(callbackRetryMs ?? 20)],
  ];
}
