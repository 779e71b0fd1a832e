import { isPlainDate, type Money, type PlainDate } from '../../../kernel/index.ts';
import { amountOf, cut } from './amounts.ts';
import { FileFaults, StatementDraft } from './statement-draft.ts';
import type { Direction, StatementRead } from './statement-read.ts';
import { walkXml, type XmlVisitor } from './xml-walk.ts';

const ROOT = 'Document/BkToCstmrStmt';
const STATEMENT = `${ROOT}/Stmt`;
const BALANCE = `${STATEMENT}/Bal`;
const ENTRY = `${STATEMENT}/Ntry`;
/** Balances a statement opens and closes with; intermediate and available ones are passed over. */
const OPENING = ['OPBD', 'PRCD'];
const CLOSING = ['CLBD'];

/**
 * Reads a camt.053 file, any version of it, for a finance officer: every statement in it, proved.
 *
 * Only booked entries count. Names of payers and payees are passed over.
 * @throws statement_refused with line and reason
 * @source ISO 20022 camt.053.001, Bank to Customer Statement
 */
export function readCamt053(text: string): StatementRead[] {
  const faults = new FileFaults();
  const reader = new Camt053Reader(faults);
  walkXml(text, reader, faults);
  if (reader.statements.length === 0 && faults.items.length === 0) faults.add(1, 'there is no statement in this file');
  faults.refuseAny();
  return reader.statements;
}

/** What a place in the document means to the reader. */
interface Part {
  readonly of: 'entry' | 'balance' | 'statement' | 'head';
  /** The path below the entry, balance or statement; empty for that itself. */
  readonly field: string;
}

function partAt(path: string): Part {
  for (const [of, root] of [['entry', ENTRY] as const, ['balance', BALANCE] as const])
    if (path === root || path.startsWith(`${root}/`)) return { of, field: path.slice(root.length + 1) };
  return path === STATEMENT ? { of: 'statement', field: '' } : { of: 'head', field: path.slice(STATEMENT.length + 1) };
}

class Camt053Reader implements XmlVisitor {
  readonly statements: StatementRead[] = [];
  #draft: StatementDraft | undefined;
  /** What was read of the balance or entry that is open, by its path below it. */
  readonly #fields = new Map<string, string>();
  readonly #parts = new Map<string, Part>();
  #currency = '';
  #lineOf = 0;
  #lastDay = '';

  constructor(private readonly faults: FileFaults) {}

  opened(path: string, attributes: Readonly<Record<string, string>>, line: number): void {
    const { of, field } = this.#partOf(path);
    if (of === 'head') return this.#mustBeCamt(path, line);
    if (field === 'Amt') this.#currency = attributes.Ccy ?? '';
    if (field !== '') return;
    if (of === 'statement') this.#draft = new StatementDraft('camt.053', this.faults, line);
    this.#fields.clear();
    this.#lineOf = line;
  }

  closed(path: string, text: string, line: number): void {
    const draft = this.#draft;
    if (!draft) return;
    const { of, field } = this.#partOf(path);
    if (of === 'statement') return this.#finish(draft);
    if (of === 'head') return this.#head(draft, field, text, line);
    if (field !== '') return this.#keep(field, text);
    return of === 'entry' ? this.#entry(draft) : this.#balance(draft);
  }

  #partOf(path: string): Part {
    const known = this.#parts.get(path);
    if (known) return known;
    const part = partAt(path);
    this.#parts.set(path, part);
    return part;
  }

  #mustBeCamt(path: string, line: number): void {
    if (!path.includes('/') && path !== 'Document') this.#wrong(line, `"${cut(path)}" is not a camt.053 document`);
    if (path.startsWith('Document/') && path.indexOf('/', 9) < 0 && path !== ROOT)
      this.#wrong(line, `"${cut(path.slice(9))}" is not a bank-to-customer statement (camt.053)`);
  }

  #head(draft: StatementDraft, field: string, text: string, line: number): void {
    if (field === 'Id') draft.reference = text;
    if (field === 'ElctrncSeqNb' && /^\d{1,9}$/.test(text)) draft.sequence = Number(text);
    if (field === 'Acct/Id/IBAN' || field === 'Acct/Id/Othr/Id') draft.account = text;
    if (field === 'Acct/Ccy' && text !== 'GBP')
      this.#wrong(line, `an account in ${cut(text)}: only pounds (GBP) are kept`);
    if (field === 'FrToDt/FrDtTm' && isPlainDate(text.slice(0, 10))) draft.from = text.slice(0, 10) as PlainDate;
  }

  #finish(draft: StatementDraft): void {
    const statement = draft.finish();
    if (statement) this.statements.push(statement);
    this.#draft = undefined;
  }

  #balance(draft: StatementDraft): void {
    const code = this.#fields.get('Tp/CdOrPrtry/Cd') ?? '';
    if (!OPENING.includes(code) && !CLOSING.includes(code)) return;
    const [amount, direction, date] = [this.#amount(), this.#direction(), this.#day('Dt')];
    if (!amount || !direction || !date) return;
    const balance = { amount: direction === 'credit' ? amount : amount.negated(), date };
    if (CLOSING.includes(code)) draft.closing = balance;
    // The booked opening balance counts before the closing one of the statement before.
    else if (!draft.opening || code === 'OPBD') draft.opening = balance;
  }

  #entry(draft: StatementDraft): void {
    const status = this.#fields.get('Sts') || this.#fields.get('Sts/Cd') || '';
    if (status === 'PDNG' || status === 'INFO' || status === 'FUTR') return;
    if (status !== 'BOOK')
      return this.#wrong(this.#lineOf, `an entry with the status "${cut(status)}": only booked ones count`);
    const [amount, direction, date] = [this.#amount(), this.#direction(), this.#day('BookgDt')];
    if (!amount || !direction || !date) return;
    draft.add({ date, amount, direction, ...this.#words() }, this.#lineOf);
  }

  #words(): { reference: string; details: string } {
    const given = (field: string): string => this.#fields.get(field) ?? '';
    const endToEnd = given('NtryDtls/TxDtls/Refs/EndToEndId');
    const told = [
      endToEnd === 'NOTPROVIDED' ? '' : endToEnd,
      given('NtryDtls/TxDtls/RmtInf/Strd/CdtrRefInf/Ref'),
      ...[given('NtryDtls/TxDtls/RmtInf/Ustrd'), given('AddtlNtryInf'), given('NtryRef'), given('AcctSvcrRef')],
    ].filter((text) => text !== '');
    return { reference: told[0] ?? '', details: told.slice(1).join(' · ') };
  }

  #keep(field: string, text: string): void {
    // Of a batch the first details stand for it.
    if (text !== '' && !this.#fields.has(field)) this.#fields.set(field, text);
  }

  #amount(): Money | undefined {
    if (this.#currency !== 'GBP')
      return this.#wrong(this.#lineOf, `an amount in "${cut(this.#currency)}": only pounds (GBP) are kept`);
    const amount = amountOf(this.#fields.get('Amt') ?? '', '.');
    return typeof amount === 'string' ? this.#wrong(this.#lineOf, amount) : amount;
  }

  #direction(): Direction | undefined {
    const mark = this.#fields.get('CdtDbtInd') ?? '';
    if (mark === 'CRDT') return 'credit';
    return mark === 'DBIT' ? 'debit' : this.#wrong(this.#lineOf, `"${cut(mark)}" is neither CRDT nor DBIT`);
  }

  #day(field: string): PlainDate | undefined {
    const text = (this.#fields.get(`${field}/Dt`) ?? this.#fields.get(`${field}/DtTm`) ?? '').slice(0, 10);
    // Most lines are of the day of the line before.
    if (text !== this.#lastDay && !isPlainDate(text)) return this.#wrong(this.#lineOf, `"${cut(text)}" is no day`);
    this.#lastDay = text;
    return text as PlainDate;
  }

  #wrong(line: number, reason: string): undefined {
    this.faults.add(line, reason);
  }
}
