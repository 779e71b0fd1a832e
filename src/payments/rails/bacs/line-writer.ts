import { createHash } from 'node:crypto';

const LINES_PER_CHUNK = 500;

/** Gathers the lines of a bank file for its writer, turning them to bytes and hashing them a chunk at a time. */
export class LineWriter {
  readonly #chunks: Buffer[] = [];
  readonly #hash = createHash('sha256');
  #waiting = '';
  #lines = 0;

  /** Adds one line, which carries its own ending. Bank files are plain ASCII, so a character is a byte. */
  line(text: string): void {
    this.#waiting += text;
    this.#lines += 1;
    if (this.#lines % LINES_PER_CHUNK === 0) this.#flush();
  }

  /** Gives the finished file's bytes, how many lines they are, and their SHA-256 in hexadecimal. Ask once. */
  finish(): { bytes: Buffer; lines: number; sha256: string } {
    this.#flush();
    return { bytes: Buffer.concat(this.#chunks), lines: this.#lines, sha256: this.#hash.digest('hex') };
  }

  #flush(): void {
    const chunk = Buffer.from(this.#waiting, 'latin1');
    this.#hash.update(chunk);
    this.#chunks.push(chunk);
    this.#waiting = '';
  }
}
