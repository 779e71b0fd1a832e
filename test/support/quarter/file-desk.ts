import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, problemIn } from '../http.ts';
import type { StandInBank } from '../stand-in-bank.ts';

/** A bank file, as far as the quarter looks. */
export interface FileOfQuarter {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly rail: string;
  readonly total: string;
  readonly replacedById: string | null;
  readonly shownBy: string | null;
  readonly answerFrom: string | null;
}

/** The people who hand files in, ask the bank what became of them, and send a lost one again. */
export class FileDesk {
  /** How often a person had to ask the bank. */
  asked = 0;
  /** Says whether anybody asks about a file whose answer is missing, or waits for the statement. */
  asks = true;

  constructor(
    private readonly client: Client,
    private readonly bank: StandInBank,
  ) {}

  async files(state?: string): Promise<FileOfQuarter[]> {
    const { body } = await this.client
      .get('finance', `/bank-files?limit=1000${state ? `&state=${state}` : ''}`)
      .expect(200);
    return (body as { files: FileOfQuarter[] }).files;
  }

  /** Hands in what waits: the intent first, then what the bank answered. What it did not answer is left as it is. */
  async submitWhatWaits(): Promise<void> {
    for (const { id, name } of (await this.files('exported')).toReversed()) {
      await this.client.post('finance', `/bank-files/${id}/begin`).expect(200);
      const { text } = await this.client.get('finance', `/bank-files/${id}/content`).buffer(true).expect(200);
      const bankReference = await this.bank.handIn(name, text);
      if (bankReference)
        await this.client.post('finance', `/bank-files/${id}/submitted`, { bankReference }).expect(200);
    }
  }

  /** Calls the bank about each file nobody knows the end of, and writes down what it says. */
  async askAboutUnknown(): Promise<void> {
    if (!this.asks) return;
    for (const { id, name } of await this.files('unknown')) {
      const isLost = existsSync(join(this.bank.folder, 'lost', name));
      const said = isLost
        ? { answer: 'not_arrive', reason: 'Called: they have no file of that name' }
        : { answer: 'accept', reason: 'Called: they have it, and the answer was lost' };
      await this.client.post('finance', `/bank-files/${id}/answer`, said).expect(200);
      this.asked += 1;
    }
  }

  /** Has two people send again what the bank does not have. */
  async rescueLost(rail: string): Promise<void> {
    const lost = [...(await this.files('rejected')), ...(await this.files('not_arrived'))];
    for (const { id } of lost.filter(({ replacedById }) => replacedById === null)) {
      const asked = { rail, reason: 'The bank does not have it' };
      const { body } = await this.client.post('finance', `/bank-files/${id}/rescue`, asked).expect(201);
      const { rescueId } = body as { rescueId: string };
      await this.client.post('finance2', `/rescues/${rescueId}/decision`, { answer: 'agree' }).expect(200);
    }
  }

  /** Notes the vouchers that were cashed, as the provider tells. */
  async noteCashed(): Promise<void> {
    const cashed = this.bank.cashed().map((reference) => reference.split(' ').at(-1) as string);
    if (cashed.length > 0) await this.client.post('finance', '/vouchers/redeemed', { voucherIds: cashed }).expect(200);
  }

  /** Takes in reports. @returns how many were refused as taken in before */
  async takeInReports(reports: readonly { kind: string; text: string }[]): Promise<number> {
    let before = 0;
    for (const { kind, text } of reports) {
      const taken = await this.client.report('finance', kind, text);
      if (taken.status === 201) continue;
      const [, code] = problemIn(taken);
      if (code !== 'report_taken_in_before') throw new Error(`a report was refused: ${taken.text}`);
      before += 1;
    }
    return before;
  }

  /** Says what it was that fits nothing here. */
  async explainExceptions(): Promise<number> {
    const { body } = await this.client.get('finance', '/bank-reports/exceptions').expect(200);
    const open = (body as { exceptions: { id: string; state: string }[] }).exceptions.filter(
      ({ state }) => state === 'open',
    );
    for (const { id } of open)
      await this.client
        .post('finance', `/bank-reports/exceptions/${id}`, { explanation: 'Another customer’s: the bank knows' })
        .expect(200);
    return open.length;
  }
}
