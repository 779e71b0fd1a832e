import { SaxesParser } from 'saxes';

/** An element that may stand within another: how often, and what it is. */
interface Child {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly is: string;
}
/** What elements of a message are: text of a pattern, one of some children, or all of them in order. */
type Kind = RegExp | { readonly oneOf: readonly Child[] } | { readonly inOrder: readonly Child[] };
export type Structure = Readonly<Record<string, Kind>>;

/** Reads `GrpHdr:GroupHeader Bal:Balance+ Ntry:Entry* CtrlSum:Decimal?` as children. */
function children(text: string): Child[] {
  return text.split(/\s+/).map((word) => {
    const [, name = '', is = '', how = ''] = /^(\w+):(\w+)([?*+])?$/.exec(word) ?? [];
    return { name, is, least: how === '' || how === '+' ? 1 : 0, most: how === '*' || how === '+' ? Infinity : 1 };
  });
}
const inOrder = (text: string): Kind => ({ inOrder: children(text) });
const oneOf = (text: string): Kind => ({ oneOf: children(text) });
const text = (most: number): RegExp => new RegExp(`^[\\s\\S]{1,${most}}$`);

const shared: Structure = {
  ...{
    Max35: text(35),
    Max34: text(34),
    Max70: text(70),
    Max140: text(140),
    Max500: text(500),
    Code4: text(4),
    Code5: text(5),
  },
  ...{
    Decimal: /^-?\d{1,17}(\.\d{1,17})?$/,
    Numeric15: /^\d{1,15}$/,
    Number: /^\d{1,18}$/,
    Boolean: /^(true|false|0|1)$/,
  },
  ...{ Day: /^\d{4}-\d{2}-\d{2}$/, Moment: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/ },
  ...{
    Amount: /^\d{1,13}(\.\d{1,5})?$/,
    Iban: /^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$/,
    Bic: /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/,
  },
  Any: /^[\s\S]*$/,
  DayOrMoment: oneOf('Dt:Day DtTm:Moment'),
  CodeOrOwn4: oneOf('Cd:Code4 Prtry:Max35'),
  CodeOrOwn5: oneOf('Cd:Code5 Prtry:Max35'),
  Party: inOrder('Nm:Max140? PstlAdr:Any? Id:Any? CtryOfRes:Code4? CtctDtls:Any?'),
  Account: inOrder('Id:AccountId Tp:CodeOrOwn4? Ccy:Code4? Nm:Max70? Prxy:Any? Ownr:Any? Svcr:Agent?'),
  AccountId: oneOf('IBAN:Iban Othr:OtherAccount'),
  OtherAccount: inOrder('Id:Max34 SchmeNm:CodeOrOwn4? Issr:Max35?'),
  Agent: inOrder('FinInstnId:Institution BrnchId:Any?'),
  Institution: inOrder('BICFI:Bic? ClrSysMmbId:Member? LEI:Max35? Nm:Max140? PstlAdr:Any? Othr:Any?'),
  Member: inOrder('ClrSysId:CodeOrOwn5? MmbId:Max35'),
  Remittance: inOrder('Ustrd:Max140* Strd:Any*'),
};

/**
 * The parts of a customer credit transfer, version 9, that are used here, with all that may stand beside them.
 *
 * @source ISO 20022 pain.001.001.09 (GroupHeader85, PaymentInstruction30, CreditTransferTransaction34), as docs.lhv.com lists it
 */
export const pain001: Structure = {
  ...shared,
  Document: inOrder('CstmrCdtTrfInitn:Initiation'),
  Initiation: inOrder('GrpHdr:Header PmtInf:Instruction+ SplmtryData:Any*'),
  Header: inOrder(
    'MsgId:Max35 CreDtTm:Moment Authstn:Any* NbOfTxs:Numeric15 CtrlSum:Decimal? InitgPty:Party FwdgAgt:Agent?',
  ),
  Instruction: inOrder(
    `PmtInfId:Max35 PmtMtd:Method BtchBookg:Boolean? NbOfTxs:Numeric15? CtrlSum:Decimal? PmtTpInf:Type? ReqdExctnDt:DayOrMoment
     PoolgAdjstmntDt:Day? Dbtr:Party DbtrAcct:Account DbtrAgt:Agent DbtrAgtAcct:Account? InstrForDbtrAgt:Max140? UltmtDbtr:Party?
     ChrgBr:Charges? ChrgsAcct:Account? ChrgsAcctAgt:Agent? CdtTrfTxInf:Transfer+`,
  ),
  Method: /^(CHK|TRF|TRA)$/,
  Charges: /^(DEBT|CRED|SHAR|SLEV)$/,
  Type: inOrder('InstrPrty:Code4? SvcLvl:CodeOrOwn4* LclInstrm:CodeOrOwn4? CtgyPurp:CodeOrOwn4?'),
  Transfer: inOrder(
    `PmtId:Ids PmtTpInf:Type? Amt:Sum XchgRateInf:Any? ChrgBr:Charges? ChqInstr:Any? UltmtDbtr:Party? IntrmyAgt1:Agent?
     CdtrAgt:Agent? CdtrAgtAcct:Account? Cdtr:Party? CdtrAcct:Account? UltmtCdtr:Party? InstrForCdtrAgt:Any* InstrForDbtrAgt:Any?
     Purp:CodeOrOwn4? RgltryRptg:Any* Tax:Any? RltdRmtInf:Any* RmtInf:Remittance? SplmtryData:Any*`,
  ),
  Ids: inOrder('InstrId:Max35? EndToEndId:Max35 UETR:Max70?'),
  Sum: oneOf('InstdAmt:Amount EqvtAmt:Any'),
};

/**
 * A bank-to-customer statement; a status is text in version 2 and a code in version 8.
 *
 * @source ISO 20022 camt.053.001.02 and camt.053.001.08 (AccountStatement2 and 9, ReportEntry2 and 10)
 */
export const camt053: Structure = {
  ...shared,
  Document: inOrder('BkToCstmrStmt:Statements'),
  Statements: inOrder('GrpHdr:Header Stmt:Statement+ SplmtryData:Any*'),
  Header: inOrder('MsgId:Max35 CreDtTm:Moment MsgRcpt:Party? MsgPgntn:Any? OrgnlBizQry:Any? AddtlInf:Max500?'),
  Statement: inOrder(
    `Id:Max35 StmtPgntn:Any? ElctrncSeqNb:Number? RptgSeq:Any? LglSeqNb:Number? CreDtTm:Moment? FrToDt:Span? CpyDplctInd:Code4?
     RptgSrc:CodeOrOwn4? Acct:Account RltdAcct:Account? Intrst:Any* Bal:Balance+ TxsSummry:Any? Ntry:Entry* AddtlStmtInf:Max500?`,
  ),
  Span: inOrder('FrDtTm:Moment ToDtTm:Moment'),
  Balance: inOrder('Tp:BalanceType CdtLine:Any* Amt:Amount CdtDbtInd:Mark Dt:DayOrMoment Avlbty:Any*'),
  BalanceType: inOrder('CdOrPrtry:CodeOrOwn4 SubTp:CodeOrOwn4?'),
  Mark: /^(CRDT|DBIT)$/,
  Entry: inOrder(
    `NtryRef:Max35? Amt:Amount CdtDbtInd:Mark RvslInd:Boolean? Sts:Status BookgDt:DayOrMoment? ValDt:DayOrMoment? AcctSvcrRef:Max35?
     Avlbty:Any* BkTxCd:Any? ComssnWvrInd:Boolean? AddtlInfInd:Any? AmtDtls:Any? Chrgs:Any? TechInptChanl:Any? Intrst:Any?
     CardTx:Any? NtryDtls:Details* AddtlNtryInf:Max500?`,
  ),
  Status: { oneOf: [...children('Cd:Code4 Prtry:Max35'), { name: '', is: 'Code4', least: 1, most: 1 }] },
  Details: inOrder('Btch:Any? TxDtls:Transaction*'),
  Transaction: inOrder(
    `Refs:References? Amt:Amount? CdtDbtInd:Mark? AmtDtls:Any? Avlbty:Any* BkTxCd:Any? Chrgs:Any? Intrst:Any? RltdPties:Any?
     RltdAgts:Any? LclInstrm:Any? Purp:Any? RltdRmtInf:Any* RmtInf:Remittance? AddtlTxInf:Max500?`,
  ),
  References: inOrder(
    'MsgId:Max35? AcctSvcrRef:Max35? PmtInfId:Max35? InstrId:Max35? EndToEndId:Max35? UETR:Max70? TxId:Max35? MndtId:Max35?',
  ),
};

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly within: Node[];
  text: string;
}

function treeOf(xml: string): Node {
  const open: Node[] = [{ name: '', attributes: {}, within: [], text: '' }];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const node = { name, attributes: attributes as Record<string, string>, within: [], text: '' };
    open.at(-1)?.within.push(node);
    open.push(node);
  });
  parser.on('text', (more) => {
    (open.at(-1) as Node).text += more;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return open[0]?.within[0] as Node;
}

/** Says where a message is not of a structure: element by element, in order, as often as they may stand, with their values. */
export function faultsOfMessage(xml: string, structure: Structure): string[] {
  const root = treeOf(xml);
  return root.name === 'Document' ? faultsIn(root, 'Document', structure, 'Document') : [`${root.name} is no Document`];
}

function faultsIn(node: Node, kind: string, structure: Structure, path: string): string[] {
  const rules = structure[kind];
  if (rules === undefined) throw new Error(`the structure says nothing of ${kind}`);
  const money = kind === 'Amount' && !/^[A-Z]{3}$/.test(node.attributes.Ccy ?? '') ? [`${path} has no currency`] : [];
  if (rules instanceof RegExp)
    return [...money, ...(kind === 'Any' || rules.test(node.text) ? [] : [`${path} is "${node.text}"`])];
  return 'oneOf' in rules
    ? faultsOfChoice(node, rules.oneOf, structure, path)
    : faultsOfOrder(node, rules.inOrder, structure, path);
}

function faultsOfChoice(node: Node, choices: readonly Child[], structure: Structure, path: string): string[] {
  const [only, ...more] = node.within;
  const itself = choices.find(({ name }) => name === '');
  if (!only && itself) return faultsIn(node, itself.is, structure, path);
  const chosen = choices.find(({ name }) => name === only?.name);
  if (!only || !chosen || more.length > 0)
    return [`${path} has not one of ${choices.map(({ name }) => name).join(', ')}`];
  return faultsIn(only, chosen.is, structure, `${path}/${only.name}`);
}

function faultsOfOrder(node: Node, order: readonly Child[], structure: Structure, path: string): string[] {
  const left = [...node.within];
  const faults: string[] = [];
  for (const { name, is, least, most } of order) {
    let found = 0;
    while (left[0]?.name === name && found < most) {
      faults.push(...faultsIn(left.shift() as Node, is, structure, `${path}/${name}`));
      found += 1;
    }
    if (found < least) faults.push(`${path} has no ${name}`);
  }
  return [...faults, ...left.map(({ name }) => `${path} has ${name} where it may not stand`)];
}
