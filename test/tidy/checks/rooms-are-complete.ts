import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { entryPoints, floors, papers } from '../floors.ts';
import type { Violation } from './violation.ts';

/** Finds rooms without a floor, a sign (README.md) or a door (index.ts), and code that is in no room. */
export function roomsAreComplete(root: string): Violation[] {
  const entries = readdirSync(join(root, 'src'), { withFileTypes: true });
  return entries
    .filter((entry) => !papers.includes(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? roomFaults(root, entry.name) : strayFaults(entry.name)));
}

function roomFaults(root: string, room: string): Violation[] {
  const file = `src/${room}`;
  const lacks = (name: string): boolean => !existsSync(join(root, file, name));
  const faults: Violation[] = [];
  if (floors[room] === undefined) {
    faults.push({ file, found: 'has no floor', cure: 'Give the room a floor in test/tidy/floors.ts.' });
  }
  if (lacks('README.md')) {
    faults.push({ file, found: 'has no README.md', cure: 'Write what the room is for and which file answers what.' });
  }
  if (lacks('index.ts') && !entryPoints.includes(room)) {
    faults.push({
      file,
      found: 'has no index.ts',
      cure: 'Make the door: the module, actions, events, codes and types.',
    });
  }
  return faults;
}

function strayFaults(name: string): Violation[] {
  if (!name.endsWith('.ts')) return [];
  return [{ file: `src/${name}`, found: 'is in no room', cure: 'Put it into the room whose work it does.' }];
}
