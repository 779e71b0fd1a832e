import { defineJob } from '../outbox/index.ts';

/** Plans are to be looked at for amounts that will fall by themselves, some hundreds at a time. */
export const lookForFalls = defineJob('subsistence.look-for-falls');
