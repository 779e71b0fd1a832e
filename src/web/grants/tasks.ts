import type { ProblemItem } from '../../kernel/index.ts';

/** One thing to be answered. */
export interface Task {
  readonly step: string;
  readonly text: string;
  readonly isDone: boolean;
}

const STEPS = [
  ['need', 'What the family needs', ['need']],
  ['items', 'What is asked for', ['items']],
  ['child', 'What it means for the child', ['childNeed']],
  ['identity', 'Whose identity was seen', ['identitySeen']],
  ['emergency', 'Whether it can wait for the next run', []],
  ['conflict', 'Whether you know the family or a payee', ['conflict', 'conflictWords']],
] as const;

/** Every question, in the order it is asked. */
export const stepNames: readonly string[] = STEPS.map(([step]) => step);

/** Lists what is to be answered, and what has been. */
export function tasksOf(missing: readonly ProblemItem[]): Task[] {
  const open = new Set(missing.map((item) => item.field));
  return STEPS.map(([step, text, fields]) => ({
    step,
    text,
    isDone: !fields.some((field: string) => open.has(field)),
  }));
}
