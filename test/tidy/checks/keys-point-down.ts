import { floorOfSchema } from '../floors.ts';
import { declared, migrationStatements, type Statement } from './migration-sql.ts';
import type { Violation } from './violation.ts';

const KEY = /\breferences\s+(?:(\w+)\.)?(\w+)/gi;
const CASCADE = /\bon\s+(?:delete|update)\s+(?:cascade|set\s+null|set\s+default)/gi;

/** Finds foreign keys that point up or sideways, name no schema, or would delete or change rows by themselves. */
export function keysPointDown(root: string): Violation[] {
  return migrationStatements(root).flatMap((statement) => {
    const table = declared(statement);
    if (!table) return [];
    const keys = [...statement.text.matchAll(KEY)].map((key) => faultOf(statement, table.schema, key));
    return [...keys.filter((fault) => fault !== undefined), ...cascades(statement)];
  });
}

function faultOf(statement: Statement, from: string | undefined, key: RegExpExecArray): Violation | undefined {
  const place = { file: statement.file, line: statement.lineAt(key.index) };
  const to = key[1];
  if (to === undefined || from === undefined) {
    return { ...place, found: `${key[0]} names no schema on one side`, cure: 'Write schema.table on both sides.' };
  }
  if (to === from) return undefined;
  const [high, low] = [floorOfSchema(from), floorOfSchema(to)];
  if (high === undefined || low === undefined) {
    const unknown = high === undefined ? from : to;
    return { ...place, found: `schema ${unknown} has no floor`, cure: 'Give its room a floor in test/tidy/floors.ts.' };
  }
  if (low <= high) return undefined;
  return {
    ...place,
    found: `a foreign key of ${from} (floor ${high}) points up to ${key[1]}.${key[2]} (floor ${low})`,
    cure: 'Turn it round: keep the number of the lower row in the upper table.',
  };
}

function cascades(statement: Statement): Violation[] {
  return [...statement.text.matchAll(CASCADE)].map((match) => ({
    ...{ file: statement.file, line: statement.lineAt(match.index), found: `says "${match[0]}"` },
    cure: 'Leave it out: money and decisions are never deleted, so nothing follows them.',
  }));
}
