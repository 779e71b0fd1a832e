import type { INestApplicationContext } from '@nestjs/common';
import type { ParseArgsConfig } from 'node:util';
import { OPERATOR_EMAIL, type Prepared } from '../house/index.ts';
import { Authenticator, type Config, UnitOfWork } from '../platform/index.ts';
import { Authorities, type Authority, userByEmail } from '../identity/index.ts';
import { type Actor, defineProblem, operatorOf } from '../kernel/index.ts';

/** A word the operator can say, with everything its help shows. */
export interface CliCommand {
  readonly name: string;
  /** What comes after the name: `FILE [--dry-run]`. */
  readonly usage: string;
  /** One sentence. */
  readonly summary: string;
  readonly details?: readonly string[];
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  /** The embedded database it always means; others take the one that is there. */
  readonly database?: string;
  /** How many plain words it takes; -1 for any. */
  readonly words: number;
  run(given: Given): Promise<CliAnswer>;
}

/** What a command answers; `exitCode` 1 when it found something wrong. */
export interface CliAnswer {
  readonly answer: unknown;
  readonly exitCode?: number;
}

export const tokenNeeded = defineProblem('token_needed', {
  status: 401,
  title: 'Say who you are',
  whatToDo: 'Give --token TOKEN or set MAINSTAY_TOKEN. "npm run cli -- create-token --email YOU" makes one.',
});
export const ownerNeeded = defineProblem('owner_connection_needed', {
  status: 500,
  title: 'This needs the connection of the database owner',
  whatToDo: 'Set DATABASE_OWNER_URL for this command.',
});

/** What was typed, and the way into the house, opened when first asked for. */
export class Given {
  #house: Promise<INestApplicationContext> | undefined;
  #prepared: Promise<Prepared> | undefined;

  constructor(
    readonly words: readonly string[],
    readonly values: Readonly<Record<string, string | boolean | string[] | undefined>>,
    readonly config: Config,
    private readonly open: (prepared: Prepared) => Promise<INestApplicationContext>,
    private readonly prepare: () => Promise<Prepared>,
  ) {}

  text(option: string): string | undefined {
    const value = this.values[option];
    return typeof value === 'string' ? value : undefined;
  }

  /** Gives an option that must be there. @throws Error naming it */
  needed(option: string): string {
    const value = this.text(option);
    if (value === undefined || value === '') throw new UsageError(`--${option} is needed.`);
    return value;
  }

  prepared(): Promise<Prepared> {
    return (this.#prepared ??= this.prepare());
  }

  house(): Promise<INestApplicationContext> {
    return (this.#house ??= this.prepared().then(this.open));
  }

  async ownerUrl(): Promise<string> {
    const url = (await this.prepared()).ownerUrl ?? this.config.DATABASE_OWNER_URL;
    if (!url) throw ownerNeeded('Only the application connection is set.');
    return url;
  }

  async council(): Promise<Authority> {
    return (await this.house()).get(Authorities).find(this.text('council'));
  }

  /** The machine itself: for what needs no person. */
  async machine(): Promise<Actor> {
    return operatorOf((await this.council()).authorityId);
  }

  /** The operator as a named account: for what must be proposed by somebody. */
  async operator(): Promise<Actor> {
    const actor = await this.machine();
    const house = await this.house();
    const { id } = await house.get(UnitOfWork).read(actor, (tx) => userByEmail(tx, OPERATOR_EMAIL));
    return { ...actor, userId: id, roles: ['caseworker', 'administrator'] };
  }

  /** The person whose token was given. @throws token_needed */
  async person(): Promise<Actor> {
    const token = this.text('token') ?? process.env.MAINSTAY_TOKEN;
    const actor = token ? await (await this.house()).get(Authenticator).authenticate(token) : undefined;
    if (!actor) throw tokenNeeded(token ? 'That token is not in force.' : 'There is no token.');
    return { ...actor, channel: 'cli' };
  }

  async close(): Promise<void> {
    const house = await this.#house?.catch(() => undefined);
    await house?.close();
    const prepared = await this.#prepared?.catch(() => undefined);
    await prepared?.stop();
  }
}

/** Says that a command was typed wrongly. */
export class UsageError extends Error {}
