import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type DatabaseUrls,
  dropDatabase,
  embeddedUrls,
  type EmbeddedPostgres,
  provision,
  startEmbeddedPostgres,
} from '../../src/platform/index.ts';

const TRIES = 20;

/** A Postgres of the harness's own, with ordinary durability, that can crash and come back on the same port and data. */
export class OwnPostgres {
  private constructor(
    private readonly home: string,
    private server: EmbeddedPostgres,
  ) {}

  static async start(home: string): Promise<OwnPostgres> {
    return new OwnPostgres(home, await startEmbeddedPostgres({ home }));
  }

  async freshDatabase(name: string): Promise<DatabaseUrls> {
    await dropDatabase(this.server, name);
    await provision(this.server, name);
    return embeddedUrls(this.server, name);
  }

  /** Kills the server as a power cut would and brings it back. */
  async crash(): Promise<void> {
    const { port } = this.server;
    await this.server.stop('crash');
    for (let tries = 1; ; tries += 1) {
      try {
        this.server = await startEmbeddedPostgres({ home: this.home, port });
        return;
      } catch (error) {
        // A backend that outlived its server for a moment still holds the shared memory.
        if (tries === TRIES) throw error;
        await pause(250);
      }
    }
  }

  /** Stops it and removes its data, which for root lies outside the home that was asked for. */
  async remove(): Promise<void> {
    await this.server.stop('crash');
    rmSync(dirname(this.server.dataDir), { recursive: true, force: true, maxRetries: 5 });
  }
}
