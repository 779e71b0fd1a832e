import type { INestApplicationContext } from '@nestjs/common';
import { ChangeMembers, familyByReference, familyDetail, ProposeBankDetails } from '../families/index.ts';
import { type Actor, addDays } from '../kernel/index.ts';
import { HoldLines, listLines } from '../payments/index.ts';
import { Clock, type Transaction, UnitOfWork } from '../platform/index.ts';
import { ImportFamilies } from '../subsistence/index.ts';
import { familyFile } from './families.ts';
import { type FamilyPersona, type PersonaTerms, waitingRows } from './personas.ts';

const LINES_LOOKED_AT = 1000;

/** What happens to the personas between runs, written down by people as it would be at a council. */
export class PersonaEvents {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly people: Readonly<Record<'caseworker' | 'finance', Actor>>,
    private readonly terms: PersonaTerms,
  ) {}

  /** A child leaves two days into what was just paid: the next run finds the overpayment. */
  async afterTheFirstRun(): Promise<void> {
    const { app, people, terms } = this;
    const family = await this.#read(async (tx) => familyDetail(tx, await numberOf(tx, 'P-OVERPAID')));
    const child = family.members.find((member) => member.relationship === 'child');
    if (!child) throw new Error('the persona P-OVERPAID has no child');
    await app.get(ChangeMembers).leave(people.caseworker, child.id, addDays(terms.payDate, 2));
  }

  /** A child came while nobody wrote it down; a new account and two new families wait for a second person. */
  async afterTheSecondRun(): Promise<void> {
    const { app, people, terms } = this;
    const [arrears, baby] = await this.#read(async (tx) => [
      await numberOf(tx, 'P-ARREARS'),
      await numberOf(tx, 'P-BABY'),
    ]);
    const joinedOn = addDays(terms.payDate, 3);
    const came = { relationship: 'child', name: 'Luis Pereira', born: addDays(terms.payDate, -900), joinedOn } as const;
    await app.get(ChangeMembers).add(people.caseworker, arrears, came);
    const account = { sortCode: '000014', accountNumber: '87654321', accountName: 'Fatou Jallow' };
    await app.get(ProposeBankDetails).run(people.caseworker, baby, account);
    const rows = waitingRows(terms, addDays(terms.payDate, 7));
    await app.get(ImportFamilies).run(people.caseworker, Buffer.from(familyFile(rows)), app.get(Clock).today());
  }

  /** A family cannot be reached: its line in this run is held. */
  async inThePricedRun(runId: string): Promise<void> {
    const line = await this.#read(async (tx) => {
      const lines = await listLines(tx, runId, { after: '0', limit: LINES_LOOKED_AT });
      return lines.find((each) => each.family === 'P-HELD');
    });
    if (!line) return;
    const why = {
      lineIds: [line.id],
      category: 'contact-lost',
      reason: 'Moved out; nobody answers at the new address',
    };
    await this.app.get(HoldLines).hold(this.people.finance, runId, why);
  }

  #read<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.app.get(UnitOfWork).read(this.people.caseworker, work);
  }
}

const numberOf = (tx: Transaction, persona: FamilyPersona): Promise<string> => familyByReference(tx, persona);
