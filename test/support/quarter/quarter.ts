import { Money, operatorOf, type PlainDate } from '../../../src/kernel/index.ts';
import { BankFileTick, SetRails } from '../../../src/payments/index.ts';
import { child, familyRows, takeIn } from '../caseload.ts';
import { grantFund } from '../grants-scene.ts';
import { Client, problemIn } from '../http.ts';
import { workOff } from '../outbox-by-hand.ts';
import { payRun } from '../run-over-http.ts';
import { StandInBank } from '../stand-in-bank.ts';
import { testHouse, type TestHouse } from '../test-house.ts';
import { FileDesk } from './file-desk.ts';
import { GrantDesk } from './grant-desk.ts';
import { ReturnDesk } from './return-desk.ts';
import { StatementDesk } from './statement-desk.ts';
import { dayBefore, isFriday, StatementsInTurn, type WeekOfQuarter } from './weeks.ts';

/** What stands on the account when the quarter begins, and what the fund for grants has. */
export const OPENING = '250000.00';
export const GRANT_BUDGET = '5000.00';
/** The account of a landlord from which everything comes back. */
export const BAD_LANDLORD = '99900012';

const NO_ACCOUNT = { sort_code: '', account_number: '', account_name: '' };
const CHARGED_ON = '2027-01-13';

/** A council and its bank, day after day for a quarter. */
export class Quarter {
  readonly files: FileDesk;
  readonly returns: ReturnDesk;
  readonly statements: StatementDesk;
  readonly tally = { refusedReports: 0, refusedStatements: 0, explained: 0, grantPayments: 0 };
  readonly #inTurn = new StatementsInTurn();
  readonly #families = new Map<string, string>();
  #waiting: { name: string; text: string }[] = [];

  private constructor(
    readonly house: TestHouse,
    readonly client: Client,
    readonly bank: StandInBank,
    readonly grants: GrantDesk,
  ) {
    this.files = new FileDesk(client, bank);
    this.returns = new ReturnDesk(client, new Set(['Q-2']));
    this.statements = new StatementDesk(client);
  }

  /** Opens a council whose families are paid to accounts, by card and by voucher, and its bank. */
  static async begin(): Promise<Quarter> {
    const [house, bank] = await Promise.all([testHouse({ web: true }), StandInBank.start(OPENING)]);
    const client = new Client(house);
    const fundId = await grantFund(house.app, house.council, GRANT_BUDGET);
    const quarter = new Quarter(house, client, bank, new GrantDesk(house, client, fundId));
    await house.app.get(SetRails).voucherTerms(operatorOf(house.council.id), Money.gbp('60.00'), 14);
    await takeIn(house.app, house.council, [
      ...familyRows('Q-1', {}, child('2020-02-03')),
      ...familyRows('Q-2', {}, child('2019-05-05'), child('2022-08-09')),
      ...familyRows('Q-3'),
      ...['Q-CARD', 'Q-CARD2', 'Q-SHOP', 'Q-FORGETS'].flatMap((name) => familyRows(name, NO_ACCOUNT)),
    ]);
    await quarter.#learnFamilies();
    for (const [name, accountNumber] of [['Q-CARD', 'AB123456'] as const, ['Q-CARD2', 'AB123457'] as const])
      await quarter.#payTo(name, { kind: 'prepaid-card', accountNumber, accountName: name });
    for (const name of ['Q-SHOP', 'Q-FORGETS']) await quarter.#payTo(name, { kind: 'voucher', accountName: name });
    return quarter;
  }

  async end(): Promise<void> {
    await this.bank.stop();
    await this.house.close();
  }

  /** What people do on a working day. */
  async workingDay(day: string, week: WeekOfQuarter): Promise<void> {
    this.house.setToday(day as PlainDate);
    await this.house.app.get(BankFileTick).tick(this.house.council.id);
    this.files.asks = week.isLeftToTheStatement !== true;
    if (day === week.workDay) {
      await this.#letJoin(week);
      await payRun(this.house, this.client, week.payDate);
      this.bank.faults(week.faults ?? {});
    }
    await this.#ofGrants[day]?.();
    await this.files.askAboutUnknown();
    await this.files.rescueLost(week.rescueBy ?? 'bacs');
    await this.returns.dealWithAll();
    await this.#approveCorrections();
    await this.files.submitWhatWaits();
    await workOff(this.house.app, this.house.council.id);
  }

  /** What the bank does in the evening, and what is taken in of it. @returns what the three books differ by */
  async evening(day: string, week: WeekOfQuarter, number: number): Promise<string[]> {
    // What was held back is told at the end of the week.
    if (isFriday(day)) this.bank.faults({});
    const statement = this.#inTurn.for(day, number);
    const charge = day === CHARGED_ON ? { charge: '7.50' } : {};
    await this.bank.closeDay({ day, ...week.bank, ...charge, ...(statement && { statement }) });
    const reports = this.bank.reports((names) => (week.areReportsReversed ? names.toReversed() : names));
    this.tally.refusedReports += await this.files.takeInReports(reports);
    this.tally.explained += await this.files.explainExceptions();
    await this.files.noteCashed();
    this.#waiting.push(...this.bank.statements());
    if (!week.areStatementsLate || this.#waiting.length > 1 || isFriday(day)) await this.#takeStatementsIn();
    await workOff(this.house.app, this.house.council.id);
    await this.statements.dealWithLines(dayBefore(day));
    return (await this.statements.differences()).map((each) => `${day} ${each}`);
  }

  /** The later ones first; and one of them again, which is refused. */
  async #takeStatementsIn(): Promise<void> {
    const [first] = this.#waiting;
    await this.statements.takeIn(this.#waiting.toReversed());
    this.#waiting = [];
    if (!first) return;
    const again = await this.client.statement('finance', first.name, first.text);
    if (problemIn(again)[1] !== 'statement_taken_before')
      throw new Error(`a statement was taken in twice: ${again.text}`);
    this.tally.refusedStatements += 1;
  }

  async #learnFamilies(): Promise<void> {
    const { rows } = await this.house.superuser.query<{ id: string; reference: string }>(
      `update families.family set safe_checked_on = '2026-11-02' where authority_id = $1 returning id, reference`,
      [this.house.council.id],
    );
    for (const { id, reference } of rows) this.#families.set(reference, id);
  }

  #family(reference: string): string {
    return this.#families.get(reference) as string;
  }

  async #payTo(reference: string, details: object): Promise<void> {
    const to = `/families/${this.#family(reference)}/bank-details`;
    const { body } = await this.client.post('caseworker', to, details).expect(201);
    await this.#approve((body as { bankDetailsId: string }).bankDetailsId);
  }

  async #approve(details: string): Promise<void> {
    await this.client.post('manager', `/bank-details/${details}/decision`, { outcome: 'approve' }).expect(200);
  }

  /** Families that join, each with the account it is said to have; what the bank does with it follows from that. */
  async #letJoin({ joins = [], payDate }: WeekOfQuarter): Promise<void> {
    const rows = joins.map((account_number) =>
      familyRows(`Q-${account_number}-${payDate}`, { account_number, paid_up_to: payDate }),
    );
    if (rows.length > 0) await takeIn(this.house.app, this.house.council, rows.flat());
    await this.#learnFamilies();
  }

  /** What a second person approves of what a bank said is right. */
  async #approveCorrections(): Promise<void> {
    for (const [reference, id] of this.#families) {
      if (!reference.startsWith('Q-9990003')) continue;
      const { body } = await this.client.get('manager', `/families/${id}`).expect(200);
      for (const { id: details, state } of (body as { bankDetails: { id: string; state: string }[] }).bankDetails)
        if (state === 'proposed') await this.#approve(details);
    }
  }

  /** What of grants is done on a day. */
  readonly #ofGrants: Readonly<Record<string, () => Promise<void>>> = {
    '2026-11-30': async () => {
      await this.grants.award(this.#family('Q-1'), [
        { code: 'rent-arrears', amount: '240.00', description: 'Two weeks of rent' },
        { code: 'nappies-formula', amount: '60.00', instalments: 3, everyDays: 14, firstDue: '2026-12-04' },
      ]);
      this.tally.grantPayments += await this.grants.payDue('2026-12-04');
    },
    '2026-12-07': async () => {
      const landlords = [['Northtown Homes', '22345678'] as const, ['Bad Homes', BAD_LANDLORD] as const];
      for (const [name, account] of landlords) {
        const instrumentId = await this.grants.payee(this.#family('Q-2'), name, account);
        const item = { code: 'rent-arrears', amount: '150.00', instrumentId };
        await this.grants.award(this.#family('Q-2'), [item]);
      }
      this.tally.grantPayments += await this.grants.payDue('2026-12-11');
    },
    '2026-12-14': async () => void (this.tally.grantPayments += await this.grants.payDue('2026-12-18')),
    '2026-12-22': async () => {
      await this.grants.allowEmergencies('150.00');
      const item = { code: 'travel', amount: '80.00' };
      const award = await this.grants.award(this.#family('Q-3'), [item], 'Locked out tonight');
      this.tally.grantPayments += await this.grants.payToday(award);
    },
    '2027-01-04': async () => void (this.tally.grantPayments += await this.grants.payDue('2027-01-08')),
    // A match of a month that is closed, made again: posted in the open one.
    '2027-01-12': async () => {
      const { rows } = await this.house.superuser.query<{ id: string }>(
        `select line_id as id from payments.bank_match where source = 'file' order by line_id limit 1`,
      );
      await this.statements.matchAnew(rows[0]!.id);
    },
  };
}
