import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { reportField, type ReportField, type ReportRecord } from './report-line.ts';
import { refusedReport } from './report-problems.ts';

interface Open {
  readonly name: string;
  readonly line: number;
  readonly fields: Partial<Record<ReportField, string>>;
  text: string;
}

const DEEPEST = 40;

/**
 * Reads a report as XML: a record is the innermost element that has a code and a reference or an amount, or a file or
 * reference and a status, in its attributes or in the elements within it. What such a record lacks is found when it is checked.
 *
 * A document type is refused, so there are no entities but the five every XML has.
 * @throws report_refused with the line where the XML goes wrong
 */
export function xmlRecords(text: string): ReportRecord[] {
  const records: ReportRecord[] = [];
  const open: Open[] = [];
  const parser = new SaxesParser();
  const refuse = (reason: string): never => {
    throw refusedReport([{ line: parser.line, reason }]);
  };
  parser.on('error', () => refuse('The XML is broken here, or the file is cut short.'));
  parser.on('doctype', () => refuse('The file has a document type, which no report needs.'));
  parser.on('text', (more) => {
    const inside = open.at(-1);
    if (inside) inside.text += more;
  });
  parser.on('opentag', (tag) => {
    if (open.length >= DEEPEST) refuse('Elements are nested too deeply.');
    open.push(opened(tag, parser.line, open));
  });
  parser.on('closetag', () => close(open, records));
  parser.write(text).close();
  return records;
}

function opened(tag: SaxesTagPlain, line: number, around: readonly Open[]): Open {
  const name = localName(tag.name);
  const fields: Open['fields'] = {};
  for (const [attribute, value] of Object.entries(tag.attributes)) {
    const field = fieldWithin([...around.map((each) => each.name), name], localName(attribute));
    if (field && value.trim() !== '') fields[field] = value.trim();
  }
  return { name, line, fields, text: '' };
}

/** Hands what an element says on to the one around it, until there is a whole record. */
function close(open: Open[], records: ReportRecord[]): void {
  const done = open.pop();
  if (!done) return;
  const around = open.at(-1);
  const field = fieldWithin(
    open.map((each) => each.name),
    done.name,
  );
  const text = done.text.trim();
  if (field && text !== '') done.fields[field] ??= text;
  if (isRecord(done.fields)) records.push({ line: done.line, fields: done.fields });
  else if (around)
    for (const [name, value] of Object.entries(done.fields)) around.fields[name as ReportField] ??= value;
}

function isRecord({ reference, code, amount, file, status }: Open['fields']): boolean {
  const isOfPayment = code !== undefined && (reference ?? amount) !== undefined;
  // Of an input report: a file, or a payment in it, and what became of it.
  return isOfPayment || ((file ?? reference) !== undefined && status !== undefined);
}

/** An account inside an element about the new or corrected details is the new one. */
function fieldWithin(around: readonly string[], name: string): ReportField | undefined {
  const parent = around.at(-1) ?? '';
  const isNew = /new|correct/i.test(parent);
  return (isNew ? reportField(`new${name}`) : undefined) ?? reportField(name);
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
