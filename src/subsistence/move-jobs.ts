import { defineJob } from '../outbox/index.ts';

/** The families of an approved move are to be told, some hundreds at a time. */
export const tellFamilies = defineJob('subsistence.tell-families-of-move');
