import { floorOfSchema, floors, published, schemasOfRoom } from '../floors.ts';
import { filesUnder, lineWithin, type Literal, literalsOf, parse } from './house-files.ts';
import type { Violation } from './violation.ts';

const SQL = /\b(?:select|insert\s+into|update|delete\s+from|from|join|truncate|copy|grant|references|merge\s+into)\s/i;
const EVERY_SCHEMA = Object.values(schemasOfRoom).flat();
const QUALIFIED = new RegExp(`(?<![\\w.-])(${EVERY_SCHEMA.join('|')})\\.["a-z_]\\w*`, 'gi');
const COMPUTED = /\b(?:from|join|into|update|table)\s+\$\{\}\./gi;

/** Finds SQL in a room that names a schema of another room, or one made up while running. */
export function ownSchema(root: string): Violation[] {
  return filesUnder(root, ['src'], /\.ts$/).flatMap((file) => {
    const room = file.path.split('/')[1] ?? '';
    const mine = schemasOfRoom[room] ?? [];
    const sql = literalsOf(parse(file)).filter((literal) => SQL.test(literal.text));
    return sql.flatMap((literal) => [
      ...foreignNames(literal, mine, room).map((fault) => ({ file: file.path, ...fault })),
      ...computedNames(literal).map((fault) => ({ file: file.path, ...fault })),
    ]);
  });
}

function foreignNames(literal: Literal, mine: readonly string[], room: string): Omit<Violation, 'file'>[] {
  return [...literal.text.matchAll(QUALIFIED)]
    .filter((match) => !mine.includes((match[1] ?? '').toLowerCase()) && !mayRead(room, match[0]))
    .map((match) => ({
      line: lineWithin(literal, match.index),
      found: `names ${match[0]} in SQL of the room ${room}`,
      cure: `Ask the room ${match[1]} through its door: SQL in a room names its own schema and kernel only.`,
    }));
}

/** A room that reads published views reads those of rooms below it. */
function mayRead(room: string, name: string): boolean {
  const below = floorOfSchema(name.split('.')[0]?.toLowerCase() ?? '') ?? Number.POSITIVE_INFINITY;
  return published.readBy.includes(room) && published.views.test(name) && below < (floors[room] ?? 0);
}

function computedNames(literal: Literal): Omit<Violation, 'file'>[] {
  return [...literal.text.matchAll(COMPUTED)].map((match) => ({
    line: lineWithin(literal, match.index),
    found: 'puts the schema of a table together while running',
    cure: 'Write the schema out, so that a reader and this check can see whose table it is.',
  }));
}
