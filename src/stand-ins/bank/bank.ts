import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BankPayment, readPayments } from './read-payments.ts';

/** What goes wrong next. Counts go down as they are used. */
interface Faults {
  loseAnswers?: number;
  reject?: number;
  holdReports?: boolean;
  doubleReports?: boolean;
}

const COMES_BACK: Readonly<Record<string, string>> = {
  ...{ 99900000: '0', 99900002: '2', 99900003: '3', 99900005: '5', 99900011: 'B', 99900012: 'C' },
};
const WRONG: Readonly<Record<string, string>> = { 99900030: '0', 99900033: '3' };
/** Where the money of wrong details arrives all the same. */
const RIGHT = { sortCode: '000016', account: '11223344' };

/** A bank with one customer: takes each file once and says what became of it. */
export class Bank {
  #taken = 0;
  readonly #held: [name: string, text: string][] = [];

  constructor(private readonly folder: string) {
    for (const each of ['in', 'out', 'taken']) mkdirSync(join(folder, each), { recursive: true });
  }

  /** Looks into the folder once: takes what was dropped, and lets go reports that were held back. */
  look(): void {
    for (const name of readdirSync(join(this.folder, 'in')).toSorted()) if (!name.endsWith('.part')) this.#take(name);
    if (!this.#faults().holdReports) for (const [name, text] of this.#held.splice(0)) this.#write(name, text);
  }

  #take(name: string): void {
    const text = readFileSync(join(this.folder, 'in', name), 'latin1');
    this.#taken += 1;
    const reference = `SB-${String(this.#taken).padStart(6, '0')}`;
    const isRejected = this.#uses('reject');
    renameSync(
      join(this.folder, 'in', name),
      join(this.folder, 'taken', `${reference}${isRejected ? '-rejected' : ''}`),
    );
    // A file may be taken and the customer never hear of it.
    if (!this.#uses('loseAnswers')) this.#write(`${name}.ack`, reference);
    this.#report(`input-${reference}.xml`, inputReport(name, isRejected));
    if (isRejected) return;
    const payments = readPayments(text);
    const back = payments.filter(({ account }) => COMES_BACK[account]);
    const wrong = payments.filter(({ account }) => WRONG[account]);
    if (back.length > 0) this.#report(`arucs-${reference}.csv`, arucs(back));
    if (wrong.length > 0) this.#report(`awacs-${reference}.xml`, awacs(wrong));
  }

  #report(name: string, text: string): void {
    this.#held.push([name, text]);
    if (this.#faults().doubleReports) this.#held.push([`again-${name}`, text]);
  }

  #write(name: string, text: string): void {
    const path = join(this.folder, 'out', name);
    writeFileSync(`${path}.part`, text);
    renameSync(`${path}.part`, path);
  }

  #faults(): Faults {
    try {
      return JSON.parse(readFileSync(join(this.folder, 'faults'), 'utf8')) as Faults;
    } catch {
      return {};
    }
  }

  #uses(fault: 'loseAnswers' | 'reject'): boolean {
    const faults = this.#faults();
    const left = faults[fault] ?? 0;
    if (left <= 0) return false;
    const path = join(this.folder, 'faults');
    writeFileSync(`${path}.part`, JSON.stringify({ ...faults, [fault]: left - 1 }));
    rmSync(path);
    renameSync(`${path}.part`, path);
    return true;
  }
}

function inputReport(name: string, isRejected: boolean): string {
  const status = isRejected ? 'REJECTED' : 'ACCEPTED';
  const reason = isRejected ? ' message="Outside the processing window"' : '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<InputReport><Submission fileName="${name}" status="${status}"${reason}/></InputReport>\n`;
}

function arucs(payments: readonly BankPayment[]): string {
  const lines = payments.map(({ account, amount, reference }) => `${reference},${amount},${COMES_BACK[account]}`);
  return ['reference,amount,code', ...lines, ''].join('\n');
}

function awacs(payments: readonly BankPayment[]): string {
  const corrected = `<CorrectedAccount sortCode="${RIGHT.sortCode}" accountNumber="${RIGHT.account}"/>`;
  const items = payments.map(
    ({ account, amount, reference }) =>
      `<Advice ref="${reference}" valueOf="${amount}" reasonCode="${WRONG[account]}">${corrected}</Advice>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<AWACS>\n${items.join('\n')}\n</AWACS>\n`;
}
