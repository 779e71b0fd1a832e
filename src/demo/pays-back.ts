import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { ChangeMembers, familyByReference, familyDetail } from '../families/index.ts';
import { type Actor, addDays } from '../kernel/index.ts';
import { Clock, type Transaction, UnitOfWork } from '../platform/index.ts';
import { overpaymentsListed, RecoveryPreviews } from '../subsistence/index.ts';
import type { Api } from './api.ts';
import { paysBackPersona, type PersonaTerms } from './personas.ts';
import type { Teller } from './weekly-run.ts';

const TELLS_WITHIN_MS = 30_000;

/** A family that was paid too much and agreed to pay it back: what is agreed, above the floor, told before anything is smaller. */
export class PaysBack {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly caseworker: Actor,
    private readonly terms: PersonaTerms,
  ) {}

  /** Her child leaves on a day that was paid already. Nothing happens where there are no personas. */
  async childLeaves(): Promise<void> {
    const family = await this.#read(async (tx) => familyDetail(tx, await familyByReference(tx, paysBackPersona)));
    const child = family.members.find((member) => member.relationship === 'child');
    if (!child) throw new Error(`the persona ${paysBackPersona} has no child`);
    await this.app.get(ChangeMembers).leave(this.caseworker, child.id, addDays(this.terms.payDate, 1));
  }

  /** Two people set the floor, her worker writes down what she agreed to, a manager approves it, and she is told. */
  async agrees(api: Api, tell: Teller): Promise<void> {
    const floor = { percent: 80, weekly: '35.00', reason: 'Agreed by the panel' };
    const { floorId } = await api.post<{ floorId: string }>('administrator', '/recovery-floors', floor);
    await api.post('finance', `/recovery-floors/${floorId}/decision`, { outcome: 'approved', reason: '' });
    const [overpaymentId, startsOn] = await this.#read(async (tx) => {
      const found = await overpaymentsListed(tx, 'waiting', undefined, 50);
      const hers = found.find((each) => each.family === paysBackPersona);
      if (!hers) throw new Error(`nothing was overpaid to ${paysBackPersona}`);
      const { choices } = await this.app.get(RecoveryPreviews).ground(tx, hers.id);
      return [hers.id, choices[0]?.coversFrom] as const;
    });
    const agreed = {
      ...{ weekly: '6.00', startsOn, agreedOn: this.app.get(Clock).today(), agreedWith: 'Comfort Owusu' },
      ...{ explainedIn: 'English', evidence: 'She agreed during the visit, and signed the note in her file.' },
    };
    const { recoveryId } = await api.post<{ recoveryId: string }>(
      'caseworker',
      `/overpayments/${overpaymentId}/recoveries`,
      agreed,
    );
    await api.post('manager', `/recoveries/${recoveryId}/approve`, { reason: 'She can spare it' });
    const state = await this.#told(api, recoveryId);
    tell.say(`${paysBackPersona} agreed to pay back £6.00 a week from ${startsOn}, never below the floor (${state}).`);
  }

  /** Waits until she has the notice; a phone that is off for long keeps every payment whole. */
  async #told(api: Api, recoveryId: string): Promise<string> {
    for (const until = Date.now() + TELLS_WITHIN_MS; Date.now() < until; await pause(200)) {
      const { state } = await api.get<{ state: string }>('caseworker', `/recoveries/${recoveryId}`);
      if (state !== 'waiting') return state === 'in_effect' ? 'told in time' : state;
    }
    return 'waits for its notice';
  }

  #read<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.app.get(UnitOfWork).read(this.caseworker, work);
  }
}
