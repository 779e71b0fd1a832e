import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Found {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { html: string }[];
}

/** Finds the accessibility faults of a page as it stands. @returns one sentence a fault */
export async function axeFaults(page: Page, at: string): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate<Found[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations)`,
  );
  return found.map(({ id, help, nodes }) => `${at}: ${id}, ${help}: ${nodes[0]?.html.slice(0, 200)}`);
}
