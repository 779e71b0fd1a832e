import { SaxesParser } from 'saxes';
import type { FileFaults } from './statement-draft.ts';

/** Where a reader of XML is told of what it passes. Paths are local names from the root: `Document/Stmt/Id`. */
export interface XmlVisitor {
  opened(path: string, attributes: Readonly<Record<string, string>>, line: number): void;
  closed(path: string, text: string, line: number): void;
}

const MOST_DEPTH = 40;
const MOST_TEXT = 10_000;

/**
 * Walks a document for a visitor, in one pass. Not well formed, a document type or an entity of its own: refused, with
 * the line; nothing outside the text is ever looked at.
 */
export function walkXml(text: string, visitor: XmlVisitor, faults: FileFaults): void {
  const parser = new SaxesParser();
  const paths: string[] = [''];
  let held = '';
  const stop = (reason: string): never => {
    faults.add(parser.line, reason);
    faults.refuseAny();
    throw new Error(reason);
  };
  parser.on('error', (error) => stop(`not well-formed XML: ${error.message.replace(/^\d+:\d+: /, '')}`));
  parser.on('doctype', () => stop('a document type (DOCTYPE) has no place in a statement'));
  parser.on('opentag', ({ name, attributes }) => {
    if (paths.length > MOST_DEPTH) stop('elements within elements, deeper than any statement');
    const parent = paths.at(-1) as string;
    const path = parent ? `${parent}/${localName(name)}` : localName(name);
    paths.push(path);
    held = '';
    visitor.opened(path, attributes, parser.line);
  });
  parser.on('text', (more) => {
    held += more;
    if (held.length > MOST_TEXT && held.trim().length > MOST_TEXT) stop('a text longer than any in a statement');
  });
  parser.on('cdata', (more) => {
    held += more;
  });
  parser.on('closetag', () => {
    visitor.closed(paths.pop() as string, held.trim(), parser.line);
    held = '';
  });
  parser.write(text).close();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
