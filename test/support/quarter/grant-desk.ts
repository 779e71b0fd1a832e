import { NO_INTEREST, NO_RULES, recommended, shown } from '../grants-scene.ts';
import type { Client } from '../http.ts';
import { workOff } from '../outbox-by-hand.ts';
import { linesOf, takeRun } from '../run-over-http.ts';
import type { TestHouse } from '../test-house.ts';

/** The people who take grants from a need to a bank file. */
export class GrantDesk {
  /** The runs that paid grants. */
  readonly runs: string[] = [];

  constructor(
    private readonly house: TestHouse,
    private readonly client: Client,
    private readonly fundId: string,
  ) {}

  /** Lets the fund pay somebody the same day, as two people agree. */
  async allowEmergencies(most: string): Promise<void> {
    const rules = { ...NO_RULES, emergencyCap: most, reason: 'Families are locked out at night' };
    const { body } = await this.client.post('finance', `/funds/${this.fundId}/rules`, rules).expect(201);
    const { proposalId } = body as { proposalId: string };
    const decision = `/fund-rules/${proposalId}/decision`;
    await this.client.post('administrator', decision, { outcome: 'approved' }).expect(200);
  }

  /** Awards what is asked. @returns the award's number */
  async award(familyId: string, items: readonly object[], emergencyReason: string | null = null): Promise<string> {
    const id = await recommended(this.client, familyId, items, { emergencyReason });
    for (const { kind, outcome } of (await shown(this.client, id)).checks)
      if (outcome === 'person')
        await this.client.post('caseworker', `/grant-applications/${id}/checks/${kind}`, { note: 'Seen.' }).expect(200);
    const { fingerprint } = await shown(this.client, id);
    const decision = { ...NO_INTEREST, outcome: 'approved', fingerprint, reason: '' };
    await this.client.post('manager', `/grant-applications/${id}/decision`, decision).expect(200);
    return (await shown(this.client, id)).award!.id;
  }

  /** Makes somebody else the payee of a family's grants, by two people. @returns the payee's number */
  async payee(familyId: string, payeeName: string, accountNumber: string): Promise<string> {
    const payee = { payeeName, sortCode: '000015', accountNumber, accountName: payeeName };
    const { body } = await this.client.post('caseworker', `/families/${familyId}/payees`, payee).expect(201);
    const { payeeId } = body as { payeeId: string };
    await this.client.post('manager', `/bank-details/${payeeId}/decision`, { outcome: 'approve' }).expect(200);
    return payeeId;
  }

  /** Pays the instalments that are due by a day. @returns how many */
  async payDue(payDate: string): Promise<number> {
    const { body } = await this.client.post('finance', '/grants-runs', { payDate }).expect(201);
    return this.#pay((body as { runId: string }).runId);
  }

  /** Pays an award the same day. */
  async payToday(awardId: string): Promise<number> {
    const { body } = await this.client.post('finance', `/awards/${awardId}/pay-today`).expect(201);
    const look = { agreed: true, note: 'I would have done the same' };
    await this.client.post('manager2', `/awards/${awardId}/second-look`, look).expect(200);
    return this.#pay((body as { runId: string }).runId);
  }

  async #pay(runId: string): Promise<number> {
    await workOff(this.house.app, this.house.council.id);
    const lines = await linesOf(this.client, runId);
    await takeRun(this.house, this.client, runId, 'exported');
    this.runs.push(runId);
    return lines.length;
  }
}
