import { machinePathsAllowed, numbersNearMoney } from '../manners.ts';
import { staleAllowances } from './allowances.ts';
import { callsGoDown } from './calls-go-down.ts';
import { constraintsAreNamed } from './constraints-are-named.ts';
import { docComments } from './doc-comments.ts';
import { filesUnder } from './house-files.ts';
import { keysPointDown } from './keys-point-down.ts';
import { noMachinePaths } from './no-machine-paths.ts';
import { ownSchema } from './own-schema.ts';
import { plainNames } from './plain-names.ts';
import { roomsAreComplete } from './rooms-are-complete.ts';
import { safeCode } from './safe-code.ts';
import type { Check } from './violation.ts';

/** Every check of the house, by the sentence it keeps true. */
export const checks: Readonly<Record<string, Check>> = {
  'lets calls go down only, through doors, never in circles': callsGoDown,
  'names only its own schema in the SQL of a room': ownSchema,
  'points foreign keys down only, and cascades nothing': keysPointDown,
  'names every constraint, index and guard': constraintsAreNamed,
  'keeps JS numbers from money, and leaves no test out': safeCode,
  'calls every file by what it does': plainNames,
  'names no path of one machine': noMachinePaths,
  'gives every room a floor, a README and a door': roomsAreComplete,
  'documents what the kernel, the decisions and the actions export': docComments,
  'keeps no allowance that nobody needs': (root) =>
    staleAllowances(
      [...numbersNearMoney, ...machinePathsAllowed],
      filesUnder(root, ['src', 'test', 'docker'], /\.\w+$/),
    ),
};
