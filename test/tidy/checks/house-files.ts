import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** One file of the house, its path written from the root with forward slashes. */
export interface HouseFile {
  readonly path: string;
  readonly text: string;
}

/** A string or template in the source, with holes written `${}`. */
export interface Literal {
  readonly text: string;
  readonly line: number;
}

/** Lists folders and files below some folders of the root, in the order of their names. */
export function pathsUnder(root: string, folders: readonly string[]): string[] {
  return folders.flatMap((folder) => {
    if (!existsSync(join(root, folder))) return [];
    if (statSync(join(root, folder)).isFile()) return [folder];
    const below = readdirSync(join(root, folder)).filter((name) => !['node_modules', 'dist', '.data'].includes(name));
    return [
      folder,
      ...pathsUnder(
        root,
        below.toSorted().map((name) => `${folder}/${name}`),
      ),
    ];
  });
}

/** Reads the files below some folders whose names end as asked. */
export function filesUnder(root: string, folders: readonly string[], ending = /./): HouseFile[] {
  return pathsUnder(root, folders)
    .filter((path) => ending.test(path) && statSync(join(root, path)).isFile())
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Parses one TypeScript file. No types: shapes are enough for manners. */
export function parse(file: HouseFile): ts.SourceFile {
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS);
}

/** Visits every node of a file. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

/** Gives the number of the line a node begins on, counted from 1. */
export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

/** Gives the line number of a place inside a literal. */
export function lineWithin(literal: Literal, index: number): number {
  return literal.line + literal.text.slice(0, index).split('\n').length - 1;
}

/** Collects every string and template of a file. */
export function literalsOf(tree: ts.SourceFile): Literal[] {
  const found: Literal[] = [];
  walk(tree, (node) => {
    const text = literalText(node);
    if (text !== undefined) found.push({ text, line: lineOf(tree, node) });
  });
  return found;
}

function literalText(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map((span) => `\${}${span.literal.text}`).join('');
}
