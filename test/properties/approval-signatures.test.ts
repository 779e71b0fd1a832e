import fc from 'fast-check';
import type { Signer } from '../../src/approvals/index.ts';
import { refusalOf } from '../support/attack.ts';
import { agreeSigners, askForGrant, type Asked, decideGrant, limitTo } from '../support/grants-asked.ts';
import type { Persona } from '../support/test-council.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

const deciders = ['manager', 'manager2', 'finance', 'finance2'] as const;
const anybody = fc.constantFrom<Persona>(...deciders, 'caseworker');
const scenario = fc.record({
  signers: fc.array(fc.constantFrom<Signer>('any', 'manager', 'finance'), { minLength: 1, maxLength: 3 }),
  by: anybody,
  touchedBy: fc.uniqueArray(anybody, { maxLength: 2 }),
  tries: fc.array(fc.constantFrom(...deciders), { minLength: 1, maxLength: 10 }),
});

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  for (const role of ['manager', 'finance'] as const) await limitTo(house, role, '1000.00', { kind: 'write-off' });
});
afterAll(() => house.close());

interface Signed {
  readonly step: number;
  readonly role: Signer;
  readonly by: string | null;
}

async function standing({ requestId }: Asked): Promise<{ state: string; steps: Signed[] }> {
  const [request, steps] = [
    await house.superuser.query<{ state: string }>(`select state from approvals.request where id = $1`, [requestId]),
    await house.superuser.query<Signed>(
      `select s.step, s.role, g.decided_by as by from approvals.step s
         left join approvals.signature g on g.request_id = s.request_id and g.step = s.step where s.request_id = $1 order by s.step`,
      [requestId],
    ),
  ];
  return { state: request.rows[0]?.state ?? '', steps: steps.rows };
}

const roleOf = (who: Persona): Signer => (who.startsWith('manager') ? 'manager' : 'finance');

describe('A request', () => {
  it('is approved if, and only if, every step it was submitted with is signed by another eligible person', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ signers, by, touchedBy, tries }) => {
        await agreeSigners(house, 'write-off', '0', signers);
        const asked = await askForGrant(house, { by, touchedBy, kind: 'write-off' });
        const excluded = new Set<Persona>([by, ...touchedBy]);
        const open = [...signers];
        const signed = new Set<Persona>();
        for (const who of tries) {
          const place = [roleOf(who), 'any' as const].find((role) => open.includes(role));
          const isEligible = place !== undefined && !excluded.has(who) && !signed.has(who);
          const done = await decideGrant(house, who, asked).catch(() => 'refused');
          expect(done).toBe(!isEligible ? 'refused' : open.length === 1 ? 'settled' : 'signed');
          if (place !== undefined && isEligible) {
            open.splice(open.indexOf(place), 1);
            signed.add(who);
          }
          const { state, steps } = await standing(asked);
          expect(steps.map(({ role }) => role)).toEqual(signers);
          expect(state === 'approved').toBe(steps.every((step) => step.by !== null));
          const people = steps.flatMap((step) => step.by ?? []);
          expect(new Set(people).size).toBe(people.length);
          expect([...excluded].filter((one) => people.includes(house.council.userIds[one]))).toEqual([]);
        }
        expect(open.length === 0 || (await forced(asked)) === 'refused').toBe(true);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

/** Tries to approve in raw SQL, as each of those who might, what is not signed. */
async function forced({ requestId }: Asked): Promise<string> {
  const { council, owner } = house;
  const answers: string[] = [];
  for (const who of deciders)
    answers.push(
      await refusalOf(
        owner,
        { authorityId: council.id, userId: council.userIds[who] },
        `insert into approvals.decision (request_id, authority_id, kind, outcome, reason, decided_by, proposed_by, amount, fingerprint,
           decided_role, limit_id, limit_amount)
         select r.id, r.authority_id, r.kind, 'approved', '', ${council.userIds[who]}, r.proposed_by, r.amount, r.fingerprint, l.role, l.id, l.amount
           from approvals.request r join identity.delegated_limit l on l.kind = 'write-off' and l.role = '${roleOf(who)}'
          where r.id = ${requestId}`,
      ),
    );
  return answers.find((answer) => answer === 'accepted') ?? 'refused';
}
