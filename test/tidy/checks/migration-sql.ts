import { filesUnder, lineWithin, literalsOf, parse } from './house-files.ts';

/** One SQL statement of a migration. Comments, quoted text and function bodies are blanked; places stay the same. */
export interface Statement {
  readonly file: string;
  readonly text: string;
  /** Tells the line of a place in the text. */
  readonly lineAt: (index: number) => number;
}

const QUOTED = /--[^\n]*|(\$\w*\$)[\s\S]*?\1|'(?:[^']|'')*'/g;

/** Reads every statement of every migration. */
export function migrationStatements(root: string): Statement[] {
  return filesUnder(root, ['migrations'], /\.ts$/).flatMap((file) =>
    literalsOf(parse(file))
      .filter((literal) => literal.text.includes(';'))
      .flatMap((literal) =>
        split(literal.text).map(({ text, start }) => ({
          ...{ file: file.path, text },
          lineAt: (index: number) => lineWithin(literal, start + index),
        })),
      ),
  );
}

function split(sql: string): { text: string; start: number }[] {
  let start = 0;
  return sql
    .replace(QUOTED, (quoted) => quoted.replace(/[^\n]/g, ' '))
    .split(';')
    .map((text) => {
      const statement = { text, start };
      start += text.length + 1;
      return statement;
    });
}

/** Names the table (or domain) a statement declares or alters, with its schema. */
export function declared(statement: Statement): { schema?: string; name: string } | undefined {
  const shape =
    /^\s*(?:create\s+(?:unlogged\s+|temp\s+|temporary\s+)?table|alter\s+table|create\s+domain)\s+(?:if\s+(?:not\s+)?exists\s+|only\s+)*(?:(\w+)\.)?(\w+)/i;
  const match = shape.exec(statement.text);
  return match?.[2] === undefined ? undefined : { schema: match[1], name: match[2] };
}
