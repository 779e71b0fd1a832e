import { type Client, problemIn } from '../http.ts';

interface Line {
  readonly id: string;
  readonly date: string;
  readonly amount: string;
  readonly toMatch: string;
  readonly reference: string;
  readonly details: string;
  readonly direction: string;
}
interface Detail {
  readonly matches: { readonly id: string; readonly takenBackBecause: string | null }[];
  readonly suggestions: { readonly expected: { source: string; id: string; amount: string }; readonly why: string }[];
}

/** The people who take statements in, match what the rules leave, and close months. */
export class StatementDesk {
  matchedByHand = 0;
  writtenOff = 0;
  readonly closedMonths: string[] = [];

  constructor(private readonly client: Client) {}

  /** Takes statement files in, in the order given; the same file again is refused. */
  async takeIn(files: readonly { name: string; text: string }[]): Promise<void> {
    for (const { name, text } of files) await this.client.statement('finance', name, text).expect(201);
  }

  async toMatch(): Promise<Line[]> {
    const { body } = await this.client.get('finance', '/bank-statements/to-match?limit=1000').expect(200);
    return (body as { lines: Line[] }).lines;
  }

  /** Does what the rules leave to people: writes charges off by two, and matches by hand what is older than a day. */
  async dealWithLines(olderThan: string): Promise<void> {
    for (const line of await this.toMatch())
      if (`${line.reference} ${line.details}`.includes('ACCOUNT CHARGE')) await this.#writeOff(line);
      else if (line.date < olderThan) await this.#matchByHand(line);
  }

  async #writeOff({ id, toMatch }: Line): Promise<void> {
    const asked = { amount: toMatch, category: 'bank-charge', reason: 'The monthly charge' };
    const { body } = await this.client.post('finance', `/bank-lines/${id}/write-offs`, asked);
    const { writeOffId } = body as { writeOffId: string };
    await this.client.post('administrator', `/write-offs/${writeOffId}/decision`, { outcome: 'approved' }).expect(200);
    this.writtenOff += 1;
  }

  async #matchByHand({ id, toMatch }: Line): Promise<void> {
    const { suggestions } = (await this.client.get('finance', `/bank-lines/${id}`).expect(200)).body as Detail;
    const likely = suggestions.find(({ expected }) => expected.amount === toMatch);
    if (!likely) return;
    const { source, id: documentId } = likely.expected;
    const parts = [{ source, documentId, amount: toMatch }];
    await this.client
      .post('finance', `/bank-lines/${id}/matches`, { parts, note: `By hand: ${likely.why}` })
      .expect(201);
    this.matchedByHand += 1;
  }

  /** Takes a match of an earlier month apart and makes it again by hand. */
  async matchAnew(lineId: string): Promise<void> {
    const { matches } = (await this.client.get('finance', `/bank-lines/${lineId}`).expect(200)).body as Detail;
    const standing = matches.find(({ takenBackBecause }) => takenBackBecause === null);
    const reason = { reason: 'Looked at again for the auditor' };
    await this.client.post('finance', `/bank-matches/${standing?.id}/taking-back`, reason).expect(200);
    await this.#matchByHand((await this.toMatch()).find(({ id }) => id === lineId) as Line);
  }

  /** Closes a month as soon as its checklist lets it. */
  async closeWhenReady(month: string): Promise<void> {
    if (this.closedMonths.includes(month)) return;
    const closed = await this.client.post('finance', `/months/${month}/close`, { note: 'All tied' });
    if (closed.status === 200) this.closedMonths.push(month);
    else if (problemIn(closed)[1] !== 'month_not_ready') throw new Error(closed.text);
  }

  /** What of the three books differs, by name. */
  async differences(): Promise<string[]> {
    const { body } = await this.client.get('finance', '/three-way-proof').expect(200);
    return (body as { lines: { name: string; difference: string }[] }).lines
      .filter(({ difference }) => difference !== '0.00')
      .map(({ name, difference }) => `${name}: ${difference}`);
  }
}
