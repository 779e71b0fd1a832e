import ts from 'typescript';
import { documentedByName } from '../manners.ts';
import { filesUnder, type HouseFile, lineOf, parse } from './house-files.ts';
import type { Violation } from './violation.ts';

const DOCUMENTED = /^src\/(?:kernel\/|[^/]+\/(?:domain|actions)\/).*(?<!\.test)\.ts$/;

/** Finds exported symbols of the kernel, of decisions and of actions that do not say what they are for. */
export function docComments(root: string): Violation[] {
  return filesUnder(root, ['src'], DOCUMENTED).flatMap((file) => {
    const tree = parse(file);
    return tree.statements.flatMap((statement) => faultsOf(file, tree, statement));
  });
}

function faultsOf(file: HouseFile, tree: ts.SourceFile, statement: ts.Statement): Violation[] {
  if (!isExported(statement) || isOverloadOfDocumented(tree, statement)) return [];
  if (ts.getJSDocCommentsAndTags(statement).length > 0) return [];
  return namesOf(statement)
    .filter((name) => !documentedByName.includes(`${file.path}#${name}`))
    .map((name) => ({
      ...{ file: file.path, line: lineOf(tree, statement), found: `exports ${name} without a doc comment` },
      cure: 'Write what it does, beginning with a verb; then shapes, units and errors by code.',
    }));
}

function isExported(statement: ts.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  return ts.getModifiers(statement)?.some((each) => each.kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function isOverloadOfDocumented(tree: ts.SourceFile, statement: ts.Statement): boolean {
  if (!ts.isFunctionDeclaration(statement) || !statement.name) return false;
  const name = statement.name.text;
  const first = tree.statements.find((each) => ts.isFunctionDeclaration(each) && each.name?.text === name);
  return first !== undefined && first !== statement && ts.getJSDocCommentsAndTags(first).length > 0;
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map((each) => each.name.getText());
  const { name } = statement as ts.Statement & { name?: ts.Node };
  return name ? [name.getText()] : [];
}
