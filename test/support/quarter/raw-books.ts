import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A payment as a raw file has it: its number, where it goes, and whole pence. */
export interface RawPayment {
  readonly id: string;
  readonly account: string;
  readonly pence: bigint;
}

/** A bank file as it lies on disk, and whether the bank has it. */
export interface RawFile {
  readonly name: string;
  readonly isTaken: boolean;
  readonly payments: readonly RawPayment[];
}

/** A line of a statement; what left is below nought. */
export interface RawLine {
  readonly pence: bigint;
  readonly reference: string;
}

/** Everything the raw files say: the council's own copies, and what the bank put into its folder. */
export interface RawBooks {
  readonly files: readonly RawFile[];
  /** What reports say came back, each payment once however often it is told. */
  readonly back: ReadonlyMap<string, bigint>;
  readonly lines: readonly RawLine[];
  /** What stands on the account after the last statement. */
  readonly closing: bigint;
}

/** Reads the raw files of a quarter anew, with nothing of Mainstay's own reading. */
export function readRawBooks(exports: string, bank: string, opening: bigint): RawBooks {
  const out = readdirSync(join(bank, 'out')).toSorted();
  const text = (name: string): string => readFileSync(join(bank, 'out', name), 'latin1');
  const rejected = new Set(
    out
      .filter((name) => name.startsWith('input-'))
      .flatMap((name) => [...text(name).matchAll(/fileName="([^"]+)" status="REJECTED"/g)].map(([, file]) => file)),
  );
  const files = readdirSync(exports)
    .toSorted()
    .map((name) => ({
      name,
      isTaken: !rejected.has(name) && !existsSync(join(bank, 'lost', name)),
      payments: paymentsIn(name, readFileSync(join(exports, name), 'latin1')),
    }));
  const back = new Map<string, bigint>();
  for (const name of out.filter((each) => each.startsWith('arucs-')))
    for (const row of text(name).trim().split('\n').slice(1)) {
      const [reference = '', amount = ''] = row.split(',');
      back.set(numberOf(reference), penceOf(amount));
    }
  let closing = opening;
  const lines: RawLine[] = [];
  for (const name of out.filter((each) => each.startsWith('statement-'))) {
    const statement = statementIn(name, text(name), closing);
    const moved = statement.lines.reduce((sum, { pence }) => sum + pence, 0n);
    if (statement.opening !== closing || closing + moved !== statement.closing)
      throw new Error(`${name} does not follow: ${closing} + ${moved} is not ${statement.closing}`);
    closing = statement.closing;
    lines.push(...statement.lines);
  }
  return { files, back, lines, closing };
}

interface RawStatement {
  readonly opening: bigint;
  readonly closing: bigint;
  readonly lines: readonly RawLine[];
}

function paymentsIn(name: string, text: string): RawPayment[] {
  if (name.startsWith('bacs-')) return bacs(text);
  if (name.startsWith('pain001-')) return pain(text);
  const rows = text.split(/\r?\n/).filter((row) => row !== '');
  if (name.startsWith('prepaid-card-'))
    return rows.map((row) => row.split('\t')).map(([, account, amount, ref]) => payment(ref, account, amount));
  if (name.startsWith('voucher-'))
    return rows
      .filter((row) => row.startsWith('V,'))
      .map((row) => row.split(','))
      .map(([, ref, amount]) => payment(ref, '', amount));
  return rows
    .slice(1)
    .map((row) => row.split(','))
    .map(([, account, , amount, ref]) => payment(ref, account, amount));
}

/** Standard 18, by the positions of the specification: credits are code 99, the contra is code 17. */
function bacs(text: string): RawPayment[] {
  return text
    .split('\r\n')
    .filter((record) => record.length === 100 && record.slice(15, 17) === '99')
    .map((record) => ({
      ...{ id: numberOf(record.slice(64, 82)), account: record.slice(6, 14), pence: BigInt(record.slice(35, 46)) },
    }));
}

function pain(text: string): RawPayment[] {
  const of = (each: string, pattern: RegExp): string => pattern.exec(each)?.[1] ?? '';
  return [...text.matchAll(/<CdtTrfTxInf>(.*?)<\/CdtTrfTxInf>/gs)].map(([, each = '']) =>
    payment(
      of(each, /<Ustrd>([^<]+)</),
      of(each, /<CdtrAcct><Id><Othr><Id>\d{6}(\d{8})</),
      of(each, /<InstdAmt Ccy="GBP">([^<]+)</),
    ),
  );
}

function payment(reference = '', account = '', amount = ''): RawPayment {
  return { id: numberOf(reference), account, pence: penceOf(amount) };
}

function numberOf(reference: string): string {
  const [, number] = /^MS (\d+)$/.exec(reference.trim()) ?? [];
  if (!number) throw new Error(`"${reference}" has no number of ours`);
  return number;
}

/** `12.34`, `12,34`, `-12.34` as pence. */
function penceOf(amount: string): bigint {
  const [, sign, pounds, pence] = /^(-?)(\d+)[.,](\d\d)$/.exec(amount.trim()) ?? [];
  if (!pounds || !pence) throw new Error(`"${amount}" is not pounds and pence`);
  const size = BigInt(pounds) * 100n + BigInt(pence);
  return sign === '-' ? -size : size;
}

function statementIn(name: string, text: string, before: bigint): RawStatement {
  if (name.endsWith('.xml')) return camt(text);
  return name.endsWith('.sta') ? mt940(text) : csv(text, before);
}

function camt(text: string): RawStatement {
  const amount = (part: string): bigint => {
    const size = penceOf(/<Amt Ccy="GBP">([^<]+)</.exec(part)?.[1] ?? '');
    return part.includes('<CdtDbtInd>DBIT<') ? -size : size;
  };
  const balance = (code: string): bigint =>
    amount(text.match(/<Bal>.*?<\/Bal>/g)?.find((each) => each.includes(`<Cd>${code}<`)) ?? '');
  const lines = (text.match(/<Ntry>.*?<\/Ntry>/gs) ?? []).map((entry) => ({
    ...{ pence: amount(entry), reference: /<EndToEndId>([^<]+)</.exec(entry)?.[1] ?? '' },
  }));
  return { opening: balance('OPBD'), closing: balance('CLBD'), lines };
}

function mt940(text: string): RawStatement {
  const signed = (mark = '', amount = ''): bigint => (mark === 'D' ? -penceOf(amount) : penceOf(amount));
  const balance = (tag: string): bigint => {
    const [, mark, amount] = new RegExp(`:${tag}:([CD])\\d{6}GBP([\\d,]+)`).exec(text) ?? [];
    return signed(mark, amount);
  };
  const lines = [...text.matchAll(/:61:\d{10}([CD])([\d,]+)NTRF[^\n]*\n:86:([^\n]+)/g)].map(
    ([, mark, amount, reference = '']) => ({ pence: signed(mark, amount), reference }),
  );
  return { opening: balance('60F'), closing: balance('62F'), lines };
}

/** Each line says what stands after it. Banks write the newest first, or the oldest: the balances tell which. */
function csv(text: string, before: bigint): RawStatement {
  const rows = text
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(';'))
    .map((row) => ({ pence: penceOf(row[4] ?? ''), reference: row[2] ?? '', after: penceOf(row[5] ?? '') }));
  const follows = (lines: typeof rows): boolean =>
    lines.every((line, at) => at === 0 || lines[at - 1]!.after + line.pence === line.after);
  const inOrder = [rows.toReversed(), rows].filter(follows);
  const ends = inOrder.map((each) => ({ opening: each[0]!.after - each[0]!.pence, closing: each.at(-1)!.after }));
  // Where both fit, the lines cancel each other, and only the statement before says which it was.
  const which = ends.find(({ opening }) => opening === before) ?? ends[0];
  if (!which) throw new Error('the balances of a statement do not follow one another');
  return { lines: rows, ...which };
}
