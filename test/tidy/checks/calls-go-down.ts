import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { allowedOutsideSrc, entryPoints, floors } from '../floors.ts';
import type { Violation } from './violation.ts';

/** Finds imports that go up, go sideways, miss the door, leave `src`, or run in a circle. Type imports count. */
export async function callsGoDown(root: string): Promise<Violation[]> {
  const { output } = await cruise(['src'], {
    baseDir: root,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    validate: true,
    ruleSet: { forbidden: [{ name: 'circle', severity: 'error', from: {}, to: { circular: true } }] },
  });
  const { modules, summary } = output as ICruiseResult;
  const edges = modules.flatMap((module) =>
    module.dependencies.map((dependency) => faultOf(module.source, dependency.resolved)),
  );
  return [...edges.filter((fault) => fault !== undefined), ...circles(summary)];
}

function faultOf(from: string, to: string): Violation | undefined {
  if (!from.startsWith('src/')) return undefined;
  if (/^(test|migrations)\//.test(to)) return outsideSrc(from, to);
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === undefined || there === undefined || here === there) return undefined;
  const [low, high] = [floors[there], floors[here]];
  if (high === undefined || low === undefined) return unknownRoom(from, high === undefined ? here : there);
  if (entryPoints.includes(here) && entryPoints.includes(there)) return undefined;
  if (low >= high) return upwards(from, to, here, there);
  return to === `src/${there}/index.ts` ? undefined : pastTheDoor(from, to, there);
}

function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

function outsideSrc(from: string, to: string): Violation | undefined {
  if (allowedOutsideSrc.some((each) => from.startsWith(each.from) && to === each.to)) return undefined;
  return {
    file: from,
    found: `imports ${to}, which is not part of what runs`,
    cure: 'Move what both need into a room, or write the exception with its reason in test/tidy/floors.ts.',
  };
}

function unknownRoom(file: string, room: string): Violation {
  return {
    file,
    found: `involves src/${room}, which has no floor`,
    cure: 'Give the room a floor in test/tidy/floors.ts.',
  };
}

function upwards(file: string, to: string, here: string, there: string): Violation {
  const way = floors[there] === floors[here] ? 'sideways' : 'up';
  return {
    file,
    found: `imports ${to}: from ${here} (floor ${floors[here]}) ${way} to ${there} (floor ${floors[there]})`,
    cure: 'Calls go down: let the upper room call, and send news up as an outbox job.',
  };
}

function pastTheDoor(file: string, to: string, room: string): Violation {
  return {
    file,
    found: `imports ${to} past the door of ${room}`,
    cure: `Import it from src/${room}/index.ts; if it is not there, ask whether it should be.`,
  };
}

function circles(summary: ICruiseResult['summary']): Violation[] {
  const seen = new Map<string, Violation>();
  for (const violation of summary.violations) {
    const around = (violation.cycle ?? []).map((step) => step.name);
    if (violation.rule.name !== 'circle' || !violation.from.startsWith('src/')) continue;
    seen.set(around.toSorted().join(), {
      file: violation.from,
      found: `imports itself in a circle: ${[violation.from, ...around].join(' → ')}`,
      cure: 'Move what both need into a file of its own that imports neither.',
    });
  }
  return [...seen.values()];
}
