import { machinePath, machinePathsAllowed } from '../manners.ts';
import { isAllowed } from './allowances.ts';
import { filesUnder } from './house-files.ts';
import type { Violation } from './violation.ts';

const TEXT = /(?:\.(?:ts|js|json|md|sh|ya?ml|njk|html|css|csv|example)|Dockerfile)$/;

/** Finds paths that exist on one machine only. */
export function noMachinePaths(root: string): Violation[] {
  return filesUnder(root, ['src', 'test', 'migrations', 'docker'], TEXT).flatMap((file) =>
    file.text.split('\n').flatMap((text, index) => {
      const path = machinePath.exec(text)?.[0];
      if (path === undefined || isAllowed(machinePathsAllowed, file.path, text)) return [];
      return [
        {
          ...{ file: file.path, line: index + 1, found: `names the machine's own path ${path}` },
          cure: 'Ask os.tmpdir() or the configuration, or write the reason in machinePathsAllowed.',
        },
      ];
    }),
  );
}
