import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One receipt that was posted. */
export interface Caught {
  readonly authorization: string | undefined;
  readonly body: { readonly id: string; readonly status: string; readonly reference: string | null };
}

/** A webhook that keeps what is posted to it, and answers as told. */
export class CallbackCatcher {
  readonly caught: Caught[] = [];
  /** What the next posts are answered; 204 when there is nothing more. 0 drops the connection. */
  readonly answers: number[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<CallbackCatcher> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Caught['body'];
        catcher.caught.push({ authorization: request.headers.authorization, body });
        const status = catcher.answers.shift() ?? 204;
        if (status === 0) request.socket.destroy();
        else response.writeHead(status).end();
      });
    });
    const catcher = new CallbackCatcher(server);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return catcher;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/callback`;
  }

  /** Forgets what was caught and how to answer. */
  forget(): void {
    this.caught.length = 0;
    this.answers.length = 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
  }
}
