import { createHash } from 'node:crypto';
import { Money } from '../../../kernel/index.ts';
import { bacsText } from '../bacs/bacs-text.ts';
import { railRefused } from '../rail-refused.ts';
import type { Originator, Rail, RailPayment, RailSubmission } from '../rail.ts';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
const WIDEST = 70;

/** ISO 20022 customer credit transfer, version 9, in pounds to UK accounts. @source docs.lhv.com, pain.001.001.09 */
export const pain001Rail: Rail = {
  ...{ name: 'pain001', ending: '.xml', mediaType: 'application/xml', isSameDay: true },
  write(submission) {
    const { payments } = submission;
    if (payments.length === 0) throw railRefused('There is no payment in it.');
    const pence = payments.reduce((sum, { amountPence }) => sum + amountPence, 0n);
    const bytes = Buffer.from(documentOf(submission, pence), 'utf8');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { bytes, sha256, items: payments.length, pence, warnings: 0 };
  },
  totalIn: (bytes) =>
    BigInt(/<CtrlSum>([0-9.]+)<\/CtrlSum>/.exec(bytes.toString('utf8'))?.[1]?.replace('.', '') ?? '-1'),
};

function documentOf({ serial, originator, createdOn, days, payments }: RailSubmission, pence: bigint): string {
  const id = `${originator.referencePrefix}-${createdOn.replaceAll('-', '')}-${serial}`;
  const sums = `<NbOfTxs>${payments.length}</NbOfTxs><CtrlSum>${Money.fromPence(pence).toString()}</CtrlSum>`;
  const name = `<Nm>${plain(originator.accountName)}</Nm>`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<Document xmlns="${NAMESPACE}"><CstmrCdtTrfInitn>`,
    `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${createdOn}T00:00:00Z</CreDtTm>${sums}<InitgPty>${name}</InitgPty></GrpHdr>`,
    `<PmtInf><PmtInfId>${id}-A</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg>${sums}`,
    `<PmtTpInf><SvcLvl><Prtry>FAST</Prtry></SvcLvl></PmtTpInf><ReqdExctnDt><Dt>${days.entryDay}</Dt></ReqdExctnDt>`,
    `<Dbtr>${name}</Dbtr><DbtrAcct>${account(originator)}</DbtrAcct>${agent('DbtrAgt', originator)}<ChrgBr>SHAR</ChrgBr>`,
    ...payments.map(transferOf),
    `</PmtInf></CstmrCdtTrfInitn></Document>`,
    '',
  ].join('\n');
}

function transferOf({ payee, amountPence, reference }: RailPayment, index: number): string {
  const said = plain(reference);
  const amount = Money.fromPence(amountPence).toString();
  const ids = `<PmtId><InstrId>P${String(index + 1).padStart(6, '0')}</InstrId><EndToEndId>${said.replaceAll(' ', '-')}</EndToEndId></PmtId>`;
  const to = `${agent('CdtrAgt', payee)}<Cdtr><Nm>${plain(payee.accountName)}</Nm></Cdtr><CdtrAcct>${account(payee)}</CdtrAcct>`;
  return `<CdtTrfTxInf>${ids}<Amt><InstdAmt Ccy="GBP">${amount}</InstdAmt></Amt>${to}<RmtInf><Ustrd>${said}</Ustrd></RmtInf></CdtTrfTxInf>`;
}

type Account = Pick<Originator, 'sortCode' | 'accountNumber'>;

function account({ sortCode, accountNumber }: Account): string {
  return `<Id><Othr><Id>${sortCode}${accountNumber}</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr></Id>`;
}

function agent(element: string, { sortCode }: Account): string {
  const member = `<ClrSysMmbId><ClrSysId><Cd>GBDSC</Cd></ClrSysId><MmbId>${sortCode}</MmbId></ClrSysMmbId>`;
  return `<${element}><FinInstnId>${member}</FinInstnId></${element}>`;
}

/** In the letters banks read; of those only the ampersand means something to XML. */
function plain(text: string): string {
  return bacsText(text, WIDEST).text.trim().replaceAll('&', '&amp;');
}
