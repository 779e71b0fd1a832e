/** The layouts the bank writes statements in. */
export type StatementFormat = 'camt.053' | 'mt940' | 'csv';

/** Something that was booked; what left is below nought. */
export interface Booking {
  readonly day: string;
  readonly pence: bigint;
  readonly reference: string;
  /** What stood on the account after it. */
  readonly balance: bigint;
}

/** A statement, in pence. */
export interface StatementToWrite {
  readonly format: StatementFormat;
  readonly number: number;
  readonly from: string;
  readonly to: string;
  readonly opening: bigint;
  readonly closing: bigint;
  readonly lines: readonly Booking[];
}

const ACCOUNT = '00009912345678';
const ENDINGS: Readonly<Record<StatementFormat, string>> = { 'camt.053': 'xml', mt940: 'sta', csv: 'csv' };

/** Names a statement file and writes it as asked. */
export function writeStatement(statement: StatementToWrite): { name: string; text: string } {
  const writers = { 'camt.053': camt053, mt940, csv };
  const name = `statement-${String(statement.number).padStart(4, '0')}.${ENDINGS[statement.format]}`;
  return { name, text: writers[statement.format](statement) };
}

function camt053({ number, from, to, opening, closing, lines }: StatementToWrite): string {
  const id = `STMT${String(number).padStart(5, '0')}`;
  const balance = (code: string, amount: bigint, day: string): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${money(amount)}<Dt><Dt>${day}</Dt></Dt></Bal>`;
  const entries = lines.map(
    ({ day, pence, reference }) =>
      `<Ntry>${money(pence)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>',
    `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${to}T22:00:00</CreDtTm></GrpHdr>`,
    `<Stmt><Id>${id}</Id><ElctrncSeqNb>${number}</ElctrncSeqNb><Acct><Id><Othr><Id>${ACCOUNT}</Id></Othr></Id><Ccy>GBP</Ccy></Acct>`,
    balance('OPBD', opening, from),
    balance('CLBD', closing, to),
    ...entries,
    '</Stmt></BkToCstmrStmt></Document>',
    '',
  ].join('\n');
}

function money(pence: bigint): string {
  return `<Amt Ccy="GBP">${pounds(size(pence), '.')}</Amt><CdtDbtInd>${pence < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
}

function mt940({ number, from, to, opening, closing, lines }: StatementToWrite): string {
  const mark = (pence: bigint): string => (pence < 0n ? 'D' : 'C');
  const short = (day: string): string => day.slice(2).replaceAll('-', '');
  const balance = (tag: string, pence: bigint, day: string): string =>
    `:${tag}:${mark(pence)}${short(day)}GBP${pounds(size(pence), ',')}`;
  const entries = lines.map(
    ({ day, pence, reference }, at) =>
      `:61:${short(day)}${short(day).slice(2)}${mark(pence)}${pounds(size(pence), ',')}NTRFNONREF//B${number}-${at}\n:86:${reference}`,
  );
  return [
    ...[`:20:STMT${String(number).padStart(5, '0')}`, `:25:${ACCOUNT}`, `:28C:${number}/1`],
    ...[balance('60F', opening, from), ...entries, balance('62F', closing, to), '-', ''],
  ].join('\n');
}

/** As many banks do: the newest line first. */
function csv({ lines }: StatementToWrite): string {
  const rows = lines.map(
    ({ day, pence, reference, balance }) =>
      `${day};${ACCOUNT};${reference};;${pence < 0n ? '-' : ''}${pounds(size(pence), '.')};${balance < 0n ? '-' : ''}${pounds(size(balance), '.')}`,
  );
  return ['booked;account;reference;details;amount;balance', ...rows.toReversed(), ''].join('\n');
}

function size(pence: bigint): bigint {
  return pence < 0n ? -pence : pence;
}

function pounds(pence: bigint, mark: '.' | ','): string {
  const digits = pence.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}${mark}${digits.slice(-2)}`;
}
