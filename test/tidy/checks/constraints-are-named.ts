import { filesUnder } from './house-files.ts';
import { declared, migrationStatements, type Statement } from './migration-sql.ts';
import type { Violation } from './violation.ts';

const RULE = /\b(primary\s+key|foreign\s+key\s*\([^)]*\)\s*references|references|unique|check|exclude)\b/gi;
const NAMED = /\bconstraint\s+"?(\w+)"?\s+$/i;
const INDEX = /\bcreate\s+(unique\s+)?index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?(\w+)/gi;
const TRIGGER = /\bcreate\s+(?:or\s+replace\s+)?(?:constraint\s+)?trigger\s+(\w+)/gi;
const RAISED = /\bconstraint\s*=\s*'(\w+)/g;

/** Finds constraints, indexes and guards without a name that says what they are: errors are explained by name. */
export function constraintsAreNamed(root: string): Violation[] {
  return [...migrationStatements(root).flatMap(faultsOf), ...raisedNames(root)];
}

function faultsOf(statement: Statement): Violation[] {
  const { text } = statement;
  const rules = declared(statement) ? [...text.matchAll(RULE)] : [];
  return [
    ...rules.map((match) =>
      nameFault(statement, match.index, prefixOf(match[0]), nameBefore(text, match.index), match[0]),
    ),
    ...[...text.matchAll(INDEX)].map((match) =>
      nameFault(statement, match.index, match[1] ? 'uq_' : 'ix_', indexName(match[2]), 'index'),
    ),
    ...[...text.matchAll(TRIGGER)].map((match) => nameFault(statement, match.index, 'guard_', match[1], 'trigger')),
  ].filter((fault) => fault !== undefined);
}

function prefixOf(rule: string): string {
  const word = rule.toLowerCase();
  if (word.startsWith('primary')) return 'pk_';
  if (word === 'unique') return 'uq_';
  if (word === 'check') return 'ck_';
  return word === 'exclude' ? 'ex_' : 'fk_';
}

function nameBefore(text: string, index: number): string | undefined {
  return NAMED.exec(text.slice(0, index))?.[1];
}

function indexName(word: string | undefined): string | undefined {
  return word?.toLowerCase() === 'on' ? undefined : word;
}

function nameFault(
  statement: Statement,
  index: number,
  prefix: string,
  name: string | undefined,
  what: string,
): Violation | undefined {
  if (name?.startsWith(prefix)) return undefined;
  const kind = what.replace(/\s+/g, ' ').toLowerCase();
  return {
    ...{ file: statement.file, line: statement.lineAt(index) },
    found: name === undefined ? `has a nameless ${kind}` : `calls a ${kind} ${name}`,
    cure: `Name it as a sentence that begins ${prefix}, so that a refusal can be explained to a person.`,
  };
}

function raisedNames(root: string): Violation[] {
  return filesUnder(root, ['migrations'], /\.ts$/).flatMap((file) =>
    [...file.text.matchAll(RAISED)]
      .filter((match) => !match[1]?.startsWith('guard_'))
      .map((match) => ({
        ...{ file: file.path, line: file.text.slice(0, match.index).split('\n').length },
        found: `raises under the name ${match[1]}`,
        cure: 'Name what a guard raises as a sentence that begins guard_.',
      })),
  );
}
