import { createRequire } from 'node:module';
// oxlint-disable-next-line import/no-named-as-default -- its types know the default only
import PDFDocument from 'pdfkit';
import {
  type Division,
  FEWEST_PUBLISHED,
  type SpendReport,
  type SpendTable,
  type SpendTableRow,
} from '../../reporting/index.ts';
import { count, day, money } from '../pages/formats.ts';
import { paintBars } from './pdf-bars.ts';
import { tableBars } from './spend-shown.ts';

const packages = createRequire(import.meta.url);
const typeface = (name: string): string => packages.resolve(`@expo-google-fonts/noto-sans/${name}.ttf`);
const FONTS = { regular: typeface('400Regular/NotoSans_400Regular'), bold: typeface('700Bold/NotoSans_700Bold') };
const HIDDEN = 'Left out';
const WIDTHS: Readonly<Record<number, readonly number[]>> = { 6: [220], 8: [150] };

/** What a report handed over is called, and by whom. */
export interface SpendPaper {
  readonly council: string;
  /** What it is narrowed to, in words; empty when it is not. */
  readonly narrowedTo: string;
  readonly isPublished: boolean;
}

/** Makes a report to hand over: A4 on its side, tagged for a screen reader, its fonts inside. */
export async function spendPdf(report: SpendReport, table: SpendTable, paper: SpendPaper): Promise<Buffer> {
  const title = `Spend ${report.asked.year} by ${report.asked.by}`;
  const document = new PDFDocument({
    ...{ size: 'A4', layout: 'landscape', margin: 42, font: '' },
    ...{ tagged: true, pdfVersion: '1.7', displayTitle: true, lang: 'en-GB' },
    // The library knows this one; its types do not yet.
    subset: 'PDF/UA' as 'PDF/A-1',
    info: { Title: title, Author: paper.council, Creator: 'Mainstay', Producer: 'Mainstay' },
  });
  const chunks: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  for (const [name, file] of Object.entries(FONTS)) document.registerFont(name, file);
  const root = document.struct('Document');
  document.addStructure(root);
  paintHead(document, root, title, report, paper);
  const isOfFunds = table.rows.some((row) => row.ofFund !== null);
  const legend = isOfFunds
    ? 'Solid: spent. Striped: committed. Empty: available.'
    : 'Solid: section 17. Striped: grants.';
  write(document, root, 'P', legend, 10);
  paintBars(document, root, `Spent by ${report.asked.by}: the figures are in the table below`, tableBars(table));
  paintTable(document, root, report, table);
  paintNotes(document, root, report, table, paper);
  root.end();
  document.end();
  return whole;
}

type Doc = PDFKit.PDFDocument;
type Part = PDFKit.PDFStructureElement;

function write(
  document: Doc,
  root: Part,
  tag: string,
  text: string,
  size: number,
  font: 'regular' | 'bold' = 'regular',
): void {
  const part = document.struct(tag);
  root.add(part);
  const paint = (): void => void document.font(font).fontSize(size).fillColor('#0b0c0c').text(text);
  part.add(paint);
  part.end();
  document.moveDown(0.4);
}

function paintHead(document: Doc, root: Part, title: string, report: SpendReport, paper: SpendPaper): void {
  const { total, days } = report;
  write(document, root, 'P', paper.council, 11);
  write(document, root, 'H1', title, 20, 'bold');
  const narrowed = paper.narrowedTo ? ` Only ${paper.narrowedTo}.` : '';
  write(
    document,
    root,
    'P',
    `${day(days.from)} to ${day(days.to)}, as it stood on ${day(report.today)}.${narrowed}`,
    11,
  );
  const figures = [
    total.ofFunds && `Budget ${money(total.ofFunds.budget)}`,
    `committed ${money(total.committed)}, spent ${money(total.spent)}`,
    total.ofFunds && `available ${money(total.ofFunds.available)}`,
    total.forecast && `forecast to year end ${money(total.forecast)}`,
  ];
  if (!paper.isPublished || total.households >= FEWEST_PUBLISHED || total.spent.isZero())
    write(document, root, 'P', `${figures.filter(Boolean).join(', ')}.`.replace(/^c/, 'C'), 12, 'bold');
}

function paintTable(document: Doc, root: Part, report: SpendReport, { rows, total }: SpendTable): void {
  write(document, root, 'H2', `By ${report.asked.by}`, 14, 'bold');
  const isFund = report.asked.by === 'fund' && report.total.ofFunds !== null;
  const heads = columnsOf(report.asked.by, isFund);
  const head = heads.map((text, index) => cell(text, index, 'Column'));
  const row = (each: SpendTableRow) =>
    [each.name, ...figuresOf(each, isFund)].map((text, index) => cell(text, index, index === 0 ? 'Row' : undefined));
  document.font('regular').fontSize(9.5);
  const options = {
    structParent: root,
    columnStyles: heads.map((_, index) => ({ width: WIDTHS[heads.length]?.[index] ?? '*' })),
    defaultStyle: { border: 0.7, borderColor: '#b1b4b6', padding: 4 },
    data: [head, ...rows.map(row), row(total)],
  };
  document.table(options as unknown as PDFKit.Mixins.TableOptionsWithData);
  document.moveDown(1);
}

function cell(text: string, index: number, scope?: 'Row' | 'Column') {
  const font = { family: scope ? 'bold' : 'regular', src: scope ? 'bold' : 'regular', size: 9.5 };
  return {
    text,
    font,
    align: { x: index === 0 ? 'left' : 'right' },
    ...(scope ? { type: 'TH', scope } : { type: 'TD' }),
  };
}

function columnsOf(by: Division, isFund: boolean): string[] {
  const name = by.charAt(0).toUpperCase() + by.slice(1);
  const ofMoney = isFund ? ['Budget', 'Committed', 'Spent', 'Available'] : ['Committed', 'Spent'];
  return [name, ...ofMoney, 'Forecast', 'Households', 'A household, a week'];
}

function figuresOf({ figures, ofFund }: SpendTableRow, isFund: boolean): string[] {
  if (!figures) return Array.from({ length: isFund ? 7 : 5 }, () => HIDDEN);
  const { committed, spent, forecast, households, costPerHouseholdWeek } = figures;
  const ofBudget = (text: string): string[] => (isFund ? [text] : []);
  return [
    ...[...ofBudget(money(ofFund?.budget)), money(committed), money(spent), ...ofBudget(money(ofFund?.available))],
    ...[forecast ? money(forecast) : '–', count(households), costPerHouseholdWeek ? money(costPerHouseholdWeek) : '–'],
  ];
}

function paintNotes(
  document: Doc,
  root: Part,
  { basis, total }: SpendReport,
  { hidden }: SpendTable,
  paper: SpendPaper,
): void {
  document.x = document.page.margins.left;
  write(document, root, 'H2', 'How these figures are made', 14, 'bold');
  const notes = [
    'Spent is the sum of the ledger’s transfers, by the day the money arrives. Committed is money held for runs that are approved and not paid yet, and for awards.',
    total.forecast &&
      `Forecast is spent, and committed, and what a week took times the weeks left: ${basis.weeksMeasured} weeks measured, from ${day(basis.measured.from)} to ${day(basis.measured.to)}; ${basis.weeksLeft} weeks left after ${day(basis.until)}.`,
    'A household, a week, is what was spent on section 17 subsistence over the weeks it paid for. A household paid in two parts counts once in each.',
    paper.isPublished &&
      hidden > 0 &&
      `Figures of fewer than five households are left out, and as many more as it takes that they cannot be worked out: ${hidden} rows.`,
  ];
  for (const note of notes) if (note) write(document, root, 'P', note, 10);
}
