const LF = 10;
const CR = 13;

/**
 * Counts lines for an operator who will look for them in an editor: from 1, ended by LF, CRLF or CR.
 *
 * Moves forward only, so that a whole file is counted in one pass.
 */
export class LineCounter {
  #at = 0;
  #line = 1;

  constructor(private readonly bytes: Uint8Array) {}

  /** Gives the line a byte stands on. */
  lineOf(offset: number): number {
    for (; this.#at < offset && this.#at < this.bytes.length; this.#at += 1) this.#line += this.#breaksAt(this.#at);
    return this.#line;
  }

  /** Gives the line of the next byte that is not a line end, at or after an offset. */
  nextFilledLine(offset: number): number {
    let filled = Math.max(offset, this.#at);
    while (this.bytes[filled] === LF || this.bytes[filled] === CR) filled += 1;
    return this.lineOf(filled);
  }

  #breaksAt(offset: number): 0 | 1 {
    const byte = this.bytes[offset];
    return byte === LF || (byte === CR && this.bytes[offset + 1] !== LF) ? 1 : 0;
  }
}

/** Counts the line ends inside a value that a caseworker wrote over several lines. */
export function lineEndsIn(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
