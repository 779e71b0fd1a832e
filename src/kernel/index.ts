export * from './actor.ts';
export * from './money.ts';
export * from './period.ts';
export * from './plain-date.ts';
export * from './problem.ts';
export * from './transitions.ts';
