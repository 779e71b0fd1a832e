import { defineJob } from '../outbox/index.ts';

/** A quarter's payment calendar is to be sent, to some hundreds of families at a time. */
export const sendCalendars = defineJob('subsistence.send-calendars');
/** Families are to be told of payments that come early, some hundreds at a time. */
export const tellEarly = defineJob('subsistence.tell-early-payments');
