import { daysBetween, type Money, type PlainDate } from '../../../kernel/index.ts';
import { amountOf, cut, shortDay } from './amounts.ts';
import { type BalanceRead, FileFaults, StatementDraft } from './statement-draft.ts';
import type { Direction, LineRead, StatementRead } from './statement-read.ts';

interface Field {
  readonly tag: string;
  readonly text: string;
  readonly line: number;
}

const BALANCE = /^([CD])(\d{6})([A-Z]{3})([\d.,]+)$/;
const LINE = /^(\d{6})(\d{4})?(R?[CD])([A-Z])?([\d.,]+)([A-Z][A-Z0-9]{3})([^\n]*)(?:\n([\s\S]*))?$/;
/** Fields there may be that say nothing we keep: available balances, related references. */
const PASSED_OVER = ['13', '13D', '21', '34F', '64', '65', '90C', '90D', 'NS'];

/**
 * Reads an MT940 file, with or without its envelope, for a finance officer: every statement in it, proved. A statement
 * of several pages is read page by page.
 * @throws statement_refused with line and reason
 * @source SWIFT MT940, Customer Statement Message
 */
export function readMt940(text: string): StatementRead[] {
  const faults = new FileFaults();
  const reader = new Mt940Reader(faults);
  for (const field of fieldsOf(text, faults)) reader.take(field);
  reader.finish();
  if (reader.statements.length === 0 && faults.items.length === 0) faults.add(1, 'there is no statement in this file');
  faults.refuseAny();
  return reader.statements;
}

/** Cuts the text into fields; a line without a tag goes on with the field before. */
function fieldsOf(text: string, faults: FileFaults): Field[] {
  const fields: { tag: string; text: string; line: number }[] = [];
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const written = raw
      .replace(/^\{1:[^\n]*\{4:/, '')
      .replace(/^-\}?.*$/, '')
      .trimEnd();
    const [, tag, rest = ''] = /^:([0-9A-Z]{2,3}):(.*)$/.exec(written) ?? [];
    const last = fields.at(-1);
    if (tag) fields.push({ tag, text: rest, line: index + 1 });
    else if (written !== '' && last) last.text += `\n${written}`;
    else if (written !== '') faults.add(index + 1, `"${cut(written)}" stands outside any field`);
  }
  return fields;
}

class Mt940Reader {
  readonly statements: StatementRead[] = [];
  #draft: StatementDraft | undefined;
  #pending: { line: LineRead; at: number } | undefined;
  #page = '';

  constructor(private readonly faults: FileFaults) {}

  take({ tag, text, line }: Field): void {
    if (tag === '20') return this.#begin(text, line);
    if (!this.#draft) return this.faults.add(line, `:${tag}: comes before :20:, with which a statement begins`);
    if (tag === '61') return this.#line(text, line);
    if (tag === '86') return this.#told(text);
    this.#flush();
    if (tag === '25' || tag === '25P') this.#draft.account = (text.split('\n')[0] ?? '').replace(/[A-Z]{3}$/, '');
    else if (tag === '28' || tag === '28C') this.#number(text);
    else if (tag === '60F' || tag === '60M') this.#draft.opening = this.#balance(text, line);
    else if (tag === '62F' || tag === '62M') this.#close(text, line);
    else if (!PASSED_OVER.includes(tag)) this.faults.add(line, `:${tag}: is no field of a statement`);
  }

  finish(): void {
    this.#flush();
    const draft = this.#draft;
    if (!draft) return;
    // What is known by its number is known by the day too: numbers begin again each year.
    draft.reference = `${this.#page || draft.reference} ${draft.closing?.date ?? ''}`.trim();
    const statement = draft.finish();
    if (statement) this.statements.push(statement);
    this.#draft = undefined;
  }

  #begin(reference: string, line: number): void {
    this.finish();
    this.#draft = new StatementDraft('mt940', this.faults, line);
    this.#draft.reference = reference;
    this.#page = '';
  }

  #number(text: string): void {
    this.#page = text.trim();
    const [, number] = /^(\d{1,9})(?:\/\d+)?$/.exec(this.#page) ?? [];
    if (this.#draft && number) this.#draft.sequence = Number(number);
  }

  #close(text: string, line: number): void {
    if (this.#draft) this.#draft.closing = this.#balance(text, line);
  }

  #balance(text: string, line: number): BalanceRead | undefined {
    const [, mark, day = '', currency, amount = ''] = BALANCE.exec(text.trim()) ?? [];
    if (!mark) return this.#wrong(line, `"${cut(text)}" is no balance`);
    if (currency !== 'GBP') return this.#wrong(line, `a balance in ${currency}: only pounds (GBP) are kept`);
    const [money, date] = [this.#amount(amount, line), shortDay(day)];
    if (!date) return this.#wrong(line, `"${day}" is no day`);
    return money && { date, amount: mark === 'C' ? money : money.negated() };
  }

  #line(text: string, at: number): void {
    this.#flush();
    const [, value = '', entry, mark = '', , amount = '', , references = '', more = ''] = LINE.exec(text) ?? [];
    if (!mark) return this.faults.add(at, `"${cut(text)}" is no line of a statement`);
    const [date, money] = [bookedOn(value, entry), this.#amount(amount, at)];
    if (!date) return this.faults.add(at, `"${value}${entry ?? ''}" is no day`);
    if (!money) return;
    const [reference = '', bankReference = ''] = references.split('//');
    const direction: Direction = mark === 'C' || mark === 'RD' ? 'credit' : 'debit';
    const own = reference === 'NONREF' ? bankReference : reference;
    const details = [own === bankReference ? '' : bankReference, more].filter(Boolean).join(' · ');
    this.#pending = { line: { date, amount: money, direction, reference: own, details }, at };
  }

  /** What :86: says belongs to the line before it; after the closing balance, to nobody. */
  #told(text: string): void {
    if (!this.#pending) return;
    const { line, at } = this.#pending;
    this.#pending = { at, line: { ...line, details: [line.details, text].filter(Boolean).join(' · ') } };
  }

  #flush(): void {
    if (this.#pending) this.#draft?.add(this.#pending.line, this.#pending.at);
    this.#pending = undefined;
  }

  #amount(text: string, line: number): Money | undefined {
    const amount = amountOf(text, ',');
    return typeof amount === 'string' ? this.#wrong(line, amount) : amount;
  }

  #wrong(line: number, reason: string): undefined {
    this.faults.add(line, reason);
  }
}

/** The day of booking: written without a year, it is the one nearest the value day. */
function bookedOn(value: string, entry: string | undefined): PlainDate | undefined {
  const day = shortDay(value);
  if (!day || !entry) return day;
  const years = [-1, 0, 1].map((later) => String(Number(value.slice(0, 2)) + later).padStart(2, '0'));
  const days = years.map((year) => shortDay(`${year}${entry}`)).filter((each) => each !== undefined);
  return days.toSorted((a, b) => distance(a, day) - distance(b, day))[0];
}

function distance(a: PlainDate, b: PlainDate): number {
  return Math.abs(daysBetween(a, b));
}
