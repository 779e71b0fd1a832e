import { createHash, randomUUID } from 'node:crypto';
import { AgreeSignatures, decide, type Decision, propose, type Signer } from '../../src/approvals/index.ts';
import { type LimitKind, type NewLimit, SetLimit } from '../../src/identity/index.ts';
import { Money, operatorOf, type Role } from '../../src/kernel/index.ts';
import { Clock, UnitOfWork } from '../../src/platform/index.ts';
import type { Persona } from './test-council.ts';
import type { TestHouse } from './test-house.ts';

/** A grant put forward, as a room above would, and how it is known. */
export interface Asked {
  readonly requestId: string;
  readonly kind: LimitKind;
  readonly fingerprint: Buffer;
}

/** What a grant is like, where a test cares. */
export interface GrantTerms {
  readonly by?: Persona;
  readonly kind?: LimitKind;
  readonly amount?: string;
  readonly familyId?: string;
  readonly touchedBy?: readonly Persona[];
}

/** Puts a grant forward. */
export async function askForGrant(house: TestHouse, terms: GrantTerms = {}): Promise<Asked> {
  const { by = 'caseworker', kind = 'grant-award', amount = '500.00', familyId, touchedBy = [] } = terms;
  const { app, council, superuser } = house;
  const { rows } = await superuser.query<{ id: string }>(`select nextval('kernel.document_number') as id`);
  const fingerprint = createHash('sha256').update(randomUUID()).digest();
  const proposal = {
    ...{ kind, subjectId: rows[0]?.id ?? '', fingerprint, amount: Money.gbp(amount), familyId },
    touchedBy: touchedBy.map((persona) => council.userIds[persona]),
  };
  const command = { name: 'test.ask', actor: council.actors[by] };
  return { requestId: await app.get(UnitOfWork).run(command, (tx) => propose(tx, proposal)), kind, fingerprint };
}

/** Decides a grant as somebody. */
export function decideGrant(
  { app, council }: TestHouse,
  as: Persona,
  asked: Asked,
  outcome: Decision['outcome'] = 'approved',
): Promise<'settled' | 'signed'> {
  const command = { name: 'test.decide', actor: council.actors[as] };
  const reason = outcome === 'approved' ? '' : 'Not yet';
  return app.get(UnitOfWork).run(command, (tx) => decide(tx, { ...asked, outcome, reason }));
}

/** Sets limits, as the operator does at set-up. */
export async function limitTo(
  { app, council }: TestHouse,
  role: Role,
  amount: string,
  more: Partial<Pick<NewLimit, 'kind' | 'family'>> = {},
): Promise<void> {
  const limit = {
    role,
    kind: 'grant-award',
    amount: Money.gbp(amount),
    effectiveFrom: app.get(Clock).today(),
  } as const;
  await app.get(SetLimit).run(operatorOf(council.id), { ...limit, ...more });
}

/** Agrees, as two people, who signs a kind from an amount on. */
export async function agreeSigners(
  { app, council }: TestHouse,
  kind: LimitKind,
  fromAmount: string,
  signers: readonly Signer[],
): Promise<void> {
  const agree = app.get(AgreeSignatures);
  const terms = { kind, fromAmount: Money.gbp(fromAmount), signers, effectiveFrom: app.get(Clock).today() };
  const { policyId } = await agree.propose(council.actors.administrator, { ...terms, reason: 'The scheme says so' });
  await agree.decide(council.actors.finance, policyId, { outcome: 'approved', reason: '' });
}
