import { type Client, problemIn } from '../http.ts';

/** A payment that came back, as far as the quarter looks. */
export interface BackInQuarter {
  readonly id: string;
  readonly paidId: string;
  readonly familyId: string;
  readonly family: string;
  readonly code: string;
  readonly state: string;
  readonly amount: string;
  readonly reissueId: string | null;
}

const RAILS = ['faster-payments', 'bacs', 'pain001'] as const;
const DEAD = '2';
const TIMES_CLOSED_FOR_THE_DEAD = 2;

/** The people who find out why payments came back, and pay them again or close them with a reason. */
export class ReturnDesk {
  /** What was closed, in pounds and pence: whoever closes it writes it down. */
  readonly closed: { readonly family: string; readonly amount: string }[] = [];
  #reissued = 0;
  #accounts = 0;
  readonly #withNewDetails = new Set<string>();

  /** @param landlords families whose payee is not the family: nobody proposes other details for those */
  constructor(
    private readonly client: Client,
    private readonly landlords: ReadonlySet<string>,
  ) {}

  async returns(state?: string): Promise<BackInQuarter[]> {
    const { body } = await this.client
      .get('finance', `/returns?limit=1000${state ? `&state=${state}` : ''}`)
      .expect(200);
    return (body as { returns: BackInQuarter[] }).returns;
  }

  /** Does about each open return what is to be done that day. One whose new details are not usable yet waits. */
  async dealWithAll(): Promise<void> {
    for (const back of await this.returns('open')) await this.#dealWith(back);
  }

  async #dealWith(back: BackInQuarter): Promise<void> {
    const closedBefore = this.closed.filter(({ family }) => family === back.family).length;
    const cameBackAgain = (await this.returns('reissued')).some(({ reissueId }) => reissueId === back.paidId);
    if (back.code === DEAD && closedBefore < TIMES_CLOSED_FOR_THE_DEAD) return this.#close(back, 'Nobody was there');
    if (cameBackAgain || (back.code === 'expired' && closedBefore > 0)) return this.#close(back, 'It is of no use');
    if (back.code === 'expired' || this.landlords.has(back.family) || back.code === DEAD) await this.#confirm(back);
    const isTheFamilys = back.code !== 'expired' && !this.landlords.has(back.family);
    if (isTheFamilys) await this.#newDetails(back);
    await this.#payAgain(back);
  }

  async #close(back: BackInQuarter, reason: string): Promise<void> {
    await this.client.post('manager', `/returns/${back.id}/close`, { reason }).expect(200);
    this.closed.push({ family: back.family, amount: back.amount });
  }

  async #confirm({ id }: BackInQuarter): Promise<void> {
    for (const who of ['caseworker', 'manager'] as const) {
      const said = await this.client.post(who, `/returns/${id}/confirm`, { reason: 'Saw the card and the letter' });
      if (said.status !== 200 && problemIn(said)[1] !== 'confirmed_before') throw new Error(said.text);
    }
  }

  /** Other details, by two people, once a family. They can be used when the cool-off is over. */
  async #newDetails({ familyId, family }: BackInQuarter): Promise<void> {
    if (this.#withNewDetails.has(family)) return;
    this.#withNewDetails.add(family);
    this.#accounts += 1;
    const details = {
      ...{ sortCode: '000014', accountNumber: String(55_000_000 + this.#accounts), accountName: 'New Account' },
    };
    const { body } = await this.client.post('caseworker', `/families/${familyId}/bank-details`, details).expect(201);
    const { bankDetailsId } = body as { bankDetailsId: string };
    await this.client.post('manager', `/bank-details/${bankDetailsId}/decision`, { outcome: 'approve' }).expect(200);
  }

  async #payAgain({ id, code }: BackInQuarter): Promise<void> {
    const rail = code === 'expired' ? 'voucher' : (RAILS[this.#reissued % RAILS.length] as string);
    const asked = { returnIds: [id], rail, isUrgent: rail === 'faster-payments' };
    const made = await this.client.post('finance', '/returns/reissue', asked);
    if (made.status === 201) this.#reissued += 1;
    else if (problemIn(made)[1] !== 'details_not_known_right') throw new Error(made.text);
  }
}
