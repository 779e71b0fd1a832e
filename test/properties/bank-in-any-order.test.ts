import fc from 'fast-check';
import { DecideBankDetails, listFamilies, ProposeBankDetails } from '../../src/families/index.ts';
import type { PlainDate } from '../../src/kernel/index.ts';
import {
  ImportReport,
  ImportStatement,
  listBankFiles,
  type ReportKind,
  SubmitFile,
  threeWayProof,
} from '../../src/payments/index.ts';
import { UnitOfWork } from '../../src/platform/index.ts';
import { type Booking, type StatementFormat, writeStatement } from '../../src/stand-ins/bank/statements.ts';
import { type BooksByMeaning, booksByMeaning } from '../support/books-by-meaning.ts';
import { familyRows, takeIn } from '../support/caseload.ts';
import { completeRun } from '../support/complete-run.ts';
import { workOff } from '../support/outbox-by-hand.ts';
import { setUpTestCouncil, type TestCouncil } from '../support/test-council.ts';
import { testHouse, type TestHouse, TODAY } from '../support/test-house.ts';

type News =
  | { readonly kind: ReportKind; readonly text: string }
  | { readonly kind: 'statement'; readonly name: string; readonly text: string };

/** One piece of news arriving, and whether the machine gets to its jobs before the next one does. */
interface Arrival {
  readonly which: number;
  readonly isWorkedOff: boolean;
}

const NO_ACCOUNT = { sort_code: '', account_number: '', account_name: '' };
const EACH = 4918n;
const OPENING = 9_000_000n;
const AFTER_ALL = '2026-11-30' as PlainDate;
const PIECES = 8;
const PIECES_IN_TURN = Array.from({ length: PIECES }, (_, which) => which);
const ORDERS = 12;

let house: TestHouse;
let councils = 0;
let first: BooksByMeaning;
beforeAll(async () => {
  house = await testHouse();
  first = await outcomeOf(PIECES_IN_TURN.map((which) => ({ which, isWorkedOff: true })));
});
afterAll(() => house.close());

/**
 * A council of its own with two files of one amount, and all its bank says of them: one is taken and one is not, three payments
 * come back, and lines name little, so that most is certain only once more is known.
 */
async function councilWithNews(): Promise<{ council: TestCouncil; news: News[] }> {
  councils += 1;
  house.setToday(TODAY);
  const council = await setUpTestCouncil(house.app, house.urls.owner, `orders-${councils}`);
  const four = (letter: string, lead: object) =>
    [1, 2, 3, 4].flatMap((each) => familyRows(`${letter}-${each}`, { ...lead, account_name: `${letter}${each}` }));
  await takeIn(house.app, council, [
    ...four('B', {}),
    ...[1, 2, 3, 4].flatMap((n) => familyRows(`C-${n}`, NO_ACCOUNT)),
  ]);
  await payByCard(council);
  await completeRun(house.app, council, '2026-11-26');
  const files = await house.app.get(UnitOfWork).read(council.actors.finance, (tx) => listBankFiles(tx, { limit: 9 }));
  for (const { id, rail } of files) {
    await house.app.get(SubmitFile).begin(council.actors.finance, id);
    await house.app.get(SubmitFile).handIn(council.actors.finance, id, `BANK-${rail}`);
  }
  house.setToday(AFTER_ALL);
  return { council, news: await newsOf(council) };
}

async function payByCard({ actors }: TestCouncil): Promise<void> {
  const { app } = house;
  const families = await app.get(UnitOfWork).read(actors.caseworker, (tx) => listFamilies(tx, '0', 50));
  for (const [at, { id }] of families.filter(({ reference }) => reference.startsWith('C-')).entries()) {
    const card = { kind: 'prepaid-card', sortCode: '', accountNumber: `AB12345${at}`, accountName: 'Lead' } as const;
    const { bankDetailsId } = await app.get(ProposeBankDetails).run(actors.caseworker, id, card);
    await app.get(DecideBankDetails).run(actors.manager, bankDetailsId, 'approve');
  }
}

async function newsOf({ id }: TestCouncil): Promise<News[]> {
  const { rows } = await house.superuser.query<{ id: string }>(
    `select o.id from payments.payment_order o join families.family f on f.id = o.family_id
      where o.authority_id = $1 and o.rail = 'bacs' order by f.reference`,
    [id],
  );
  const [one, two, three] = rows.map((row) => row.id);
  const back = (order: string | undefined, code: string): News => ({
    ...{ kind: 'arucs', text: `reference,amount,code\nMS ${order},49.18,${code}\n` },
  });
  return [
    { kind: 'input', text: 'file,status\nBANK-bacs,accepted\n' },
    { kind: 'input', text: 'file,status\nBANK-prepaid-card,rejected\n' },
    ...[back(one, '0'), back(two, 'B'), back(three, '5')],
    statement('camt.053', 1, '2026-11-26', OPENING, [[-4n * EACH, 'BULK PAYMENT'] as const]),
    statement('mt940', 2, '2026-11-27', OPENING - 4n * EACH, [
      ...[[2n * EACH, 'RETURNS 2 ITEMS'] as const, [EACH, `RETURN MS ${three}`] as const],
    ]),
    statement('csv', 3, '2026-11-30', OPENING - EACH, [[-750n, 'CHARGE'] as const, [-EACH, 'NOBODY KNOWS'] as const]),
  ];
}

function statement(
  format: StatementFormat,
  number: number,
  day: string,
  opening: bigint,
  moved: readonly (readonly [pence: bigint, reference: string])[],
): News {
  let balance = opening;
  const lines = moved.map(([pence, reference]): Booking => {
    balance += pence;
    return { day, pence, reference, balance };
  });
  const facts = { format, number, from: day, to: day, opening, closing: balance, lines };
  return { kind: 'statement', ...writeStatement(facts) };
}

/** Lets the news arrive at a council of its own in an order; says what is in the books afterwards. */
async function outcomeOf(order: readonly Arrival[]): Promise<BooksByMeaning> {
  const { council, news } = await councilWithNews();
  const { finance } = council.actors;
  for (const { which, isWorkedOff } of order) {
    const each = news[which] as News;
    if (each.kind === 'statement') await house.app.get(ImportStatement).run(finance, each.name, Buffer.from(each.text));
    else await house.app.get(ImportReport).run(finance, each.kind, Buffer.from(each.text));
    if (isWorkedOff) await workOff(house.app, council.id);
  }
  await workOff(house.app, council.id);
  const { isTied } = await house.app.get(UnitOfWork).read(finance, threeWayProof);
  expect(isTied).toBe(true);
  return booksByMeaning(house.superuser, council.id);
}

describe('What a bank tells of files, returns and lines', () => {
  it('is all understood in the end: each line that can be known is matched, each file has its end', () => {
    expect(first.matches).toEqual([
      expect.stringMatching(/^2026-11-26 debit 196.72 BULK PAYMENT .*was for file by bacs 196.72$/),
      expect.stringMatching(/^2026-11-27 credit 49.18 .*RETURN MS \d+ was for return of B-3 49.18$/),
      expect.stringMatching(/^2026-11-27 credit 98.36 .*RETURNS 2 ITEMS was for return of B-1 49.18$/),
      expect.stringMatching(/^2026-11-27 credit 98.36 .*RETURNS 2 ITEMS was for return of B-2 49.18$/),
    ]);
    expect(first.files).toEqual(['bacs settled 2026-11-26 shown', 'prepaid-card rejected ']);
    expect(first.returns).toHaveLength(3);
  });

  it('leaves the same books whichever piece comes last', async () => {
    for (let last = 0; last < PIECES; last += 1) {
      const order = [...PIECES_IN_TURN.filter((which) => which !== last), last];
      const outcome = await outcomeOf(order.map((which) => ({ which, isWorkedOff: true })));
      expect([last, withoutNumbers(outcome)]).toEqual([last, withoutNumbers(first)]);
    }
  });

  it('leaves the same balances, transfers, matches and files in whatever order it arrives', async () => {
    const orders = fc
      .shuffledSubarray(PIECES_IN_TURN, { minLength: PIECES })
      .chain((pieces) =>
        fc
          .array(fc.boolean(), { minLength: PIECES, maxLength: PIECES })
          .map((worked) => pieces.map((which, at) => ({ which, isWorkedOff: worked[at] === true }))),
      );
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(withoutNumbers(await outcomeOf(order))).toEqual(withoutNumbers(first));
      }),
      { numRuns: ORDERS, endOnFailure: true },
    );
  });
});

/** Numbers of payments are drawn anew in each council. */
function withoutNumbers(books: BooksByMeaning): unknown {
  return JSON.parse(JSON.stringify(books).replaceAll(/MS \d+/g, 'MS'));
}
