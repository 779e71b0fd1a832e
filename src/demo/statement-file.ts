import { Money, type PlainDate } from '../kernel/index.ts';

/** A line as a bank would put it on a statement. */
export interface LineToShow {
  readonly date: PlainDate;
  readonly direction: 'debit' | 'credit';
  readonly amount: string;
  readonly reference: string;
  readonly text?: string;
}

/** What a bank's statement is to say. */
export interface StatementToWrite {
  readonly reference: string;
  readonly sequence: number;
  readonly account: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly opening: string;
  readonly lines: readonly LineToShow[];
}

/** Writes a camt.053 statement as a bank would: closing is what opening and the lines come to. */
export function writeCamt053(statement: StatementToWrite): string {
  const { reference, sequence, account, from, to, opening, lines } = statement;
  const moved = lines.map(({ direction, amount }) =>
    direction === 'credit' ? Money.gbp(amount) : Money.gbp(amount).negated(),
  );
  const closing = Money.gbp(opening).plus(Money.sum(moved));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>',
    `<GrpHdr><MsgId>${reference}</MsgId><CreDtTm>${to}T23:59:00</CreDtTm></GrpHdr>`,
    `<Stmt><Id>${reference}</Id><ElctrncSeqNb>${sequence}</ElctrncSeqNb><CreDtTm>${to}T23:59:00</CreDtTm>`,
    `<FrToDt><FrDtTm>${from}T00:00:00</FrDtTm><ToDtTm>${to}T23:59:59</ToDtTm></FrToDt>`,
    `<Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>GBP</Ccy></Acct>`,
    balance('OPBD', Money.gbp(opening), from),
    balance('CLBD', closing, to),
    ...lines.map(entry),
    '</Stmt></BkToCstmrStmt></Document>\n',
  ].join('\n');
}

function balance(code: string, amount: Money, day: PlainDate): string {
  const [size, mark] = amount.isNegative() ? [amount.negated(), 'DBIT'] : [amount, 'CRDT'];
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="GBP">${size.toString()}</Amt><CdtDbtInd>${mark}</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
}

function entry({ date, direction, amount, reference, text }: LineToShow, index: number): string {
  const mark = direction === 'credit' ? 'CRDT' : 'DBIT';
  const told = text === undefined ? '' : `<RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf>`;
  return `<Ntry><NtryRef>${index + 1}</NtryRef><Amt Ccy="GBP">${amount}</Amt><CdtDbtInd>${mark}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${date}</Dt></BookgDt><ValDt><Dt>${date}</Dt></ValDt><NtryDtls><TxDtls><Refs><EndToEndId>${escaped(reference)}</EndToEndId></Refs>${told}</TxDtls></NtryDtls></Ntry>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
