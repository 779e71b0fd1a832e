import ts from 'typescript';
import { type Allowance, moneyWords, numbersNearMoney } from '../manners.ts';
import { isAllowed } from './allowances.ts';
import { filesUnder, type HouseFile, lineOf, parse, walk } from './house-files.ts';
import type { Violation } from './violation.ts';

interface Manner {
  readonly folders: readonly string[];
  readonly found: string;
  readonly cure: string;
  /** Says whether this node breaks it. `lines` gives the text of the lines the node stands on. */
  readonly breaks: (node: ts.Node, lines: () => string) => boolean;
  readonly allowed?: readonly Allowance[];
}

const manners: readonly Manner[] = [
  {
    folders: ['src'],
    found: 'uses forwardRef, which hides a circle',
    cure: 'Let one of the two announce a job that the other handles.',
    breaks: (node) => isCalled(node, 'forwardRef'),
  },
  {
    folders: ['src', 'test', 'migrations'],
    found: 'reads a number with parseFloat',
    cure: 'Use Money.gbp for money, and Number after checking the digits for anything else.',
    breaks: (node) => isCalled(node, 'parseFloat'),
  },
  {
    folders: ['src'],
    found: 'makes a JS number where money is spoken of',
    cure: 'Keep it as Money or text; a count that only stands near goes into numbersNearMoney with its reason.',
    breaks: (node, lines) => (isCalled(node, 'toFixed') || isCalled(node, 'Number')) && moneyWords.test(lines()),
    allowed: numbersNearMoney,
  },
  {
    folders: ['src', 'test', 'migrations'],
    found: 'lets TypeORM change the schema by itself',
    cure: 'Write a migration and leave synchronize false.',
    breaks: (node) =>
      ts.isPropertyAssignment(node) &&
      node.name.getText() === 'synchronize' &&
      node.initializer.kind !== ts.SyntaxKind.FalseKeyword,
  },
  {
    folders: ['test'],
    found: 'leaves tests out',
    cure: 'Run every test; choose describe or describe.skip by what the machine has, and say so in the title.',
    breaks: leavesTestsOut,
  },
];

/** Finds code that is unsafe for money or for the team. */
export function safeCode(root: string): Violation[] {
  return filesUnder(root, ['src', 'test', 'migrations'], /\.ts$/).flatMap((file) => {
    const here = manners.filter((manner) => manner.folders.some((folder) => file.path.startsWith(`${folder}/`)));
    return faultsIn(file, here);
  });
}

function faultsIn(file: HouseFile, here: readonly Manner[]): Violation[] {
  const tree = parse(file);
  const rows = file.text.split('\n');
  const faults: Violation[] = [];
  walk(tree, (node) => {
    const lines = (): string =>
      rows.slice(lineOf(tree, node) - 1, tree.getLineAndCharacterOfPosition(node.end).line + 1).join('\n');
    for (const { breaks, allowed, found, cure } of here) {
      if (!breaks(node, lines) || isAllowed(allowed ?? [], file.path, lines())) continue;
      faults.push({ file: file.path, line: lineOf(tree, node), found, cure });
    }
  });
  return faults;
}

function isCalled(node: ts.Node, name: string): boolean {
  if (!ts.isCallExpression(node)) return false;
  const called = node.expression;
  return (
    (ts.isIdentifier(called) ? called : ts.isPropertyAccessExpression(called) ? called.name : undefined)?.text === name
  );
}

function leavesTestsOut(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  const words = node.expression.getText();
  return /^(?:describe|it|test)\b.*\.(?:only|skip)$|^(?:fit|fdescribe|xit|xtest|xdescribe)$/.test(words);
}
