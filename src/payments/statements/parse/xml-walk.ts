import { SaxesParser } from 'saxes';
import type { FileFaults } from './statement-draft.ts';

/**
 * Where a reader of XML is told of what it passes. Paths are local names from the root: `Document/Stmt/Id`; the same place is
 * the same text each time, so that a reader can look up what it means to it.
 */
export interface XmlVisitor {
  opened(path: string, attributes: Readonly<Record<string, string>>, line: number): void;
  closed(path: string, text: string, line: number): void;
}

const MOST_DEPTH = 40;
const MOST_TEXT = 10_000;

/** A place in a document, and those below it by name: each path is put together once, not for each of its elements. */
interface Place {
  readonly path: string;
  readonly below: Map<string, Place>;
}

/**
 * Walks a document for a visitor, in one pass. Not well formed, a document type or an entity of its own: refused, with
 * the line; nothing outside the text is ever looked at.
 */
export function walkXml(text: string, visitor: XmlVisitor, faults: FileFaults): void {
  const parser = new SaxesParser();
  const places: Place[] = [{ path: '', below: new Map() }];
  let held = '';
  const stop = (reason: string): never => {
    faults.add(parser.line, reason);
    faults.refuseAny();
    throw new Error(reason);
  };
  parser.on('error', (error) => stop(`not well-formed XML: ${error.message.replace(/^\d+:\d+: /, '')}`));
  parser.on('doctype', () => stop('a document type (DOCTYPE) has no place in a statement'));
  parser.on('opentag', ({ name, attributes }) => {
    if (places.length > MOST_DEPTH) stop('elements within elements, deeper than any statement');
    const place = placeBelow(places[places.length - 1] as Place, name);
    places.push(place);
    held = '';
    visitor.opened(place.path, attributes, parser.line);
  });
  parser.on('text', (more) => {
    held += more;
    if (held.length > MOST_TEXT && held.trim().length > MOST_TEXT) stop('a text longer than any in a statement');
  });
  parser.on('cdata', (more) => {
    held += more;
  });
  parser.on('closetag', () => {
    visitor.closed((places.pop() as Place).path, held.trim(), parser.line);
    held = '';
  });
  parser.write(text).close();
}

function placeBelow({ path, below }: Place, name: string): Place {
  const known = below.get(name);
  if (known) return known;
  const place = { path: path ? `${path}/${localName(name)}` : localName(name), below: new Map<string, Place>() };
  below.set(name, place);
  return place;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
