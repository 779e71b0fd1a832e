import { bacsRail } from './bacs/bacs.rail.ts';
import type { Rail, RailName } from './rail.ts';

/** Every rail by its name. To add one: a folder here, and a line below. */
const rails: Partial<Record<RailName, Rail>> = { bacs: bacsRail };

/** Finds a rail for whoever writes or proves a file. @throws Error for one that is not there */
export function railOf(name: RailName): Rail {
  const rail = rails[name];
  if (!rail) throw new Error(`there is no rail ${name}`);
  return rail;
}
