import { defineJob } from '../outbox/index.ts';

/** Messages wait to be sent. */
export const drain = defineJob('notices.drain');
/** GOV.UK Notify told us something that is written down. */
export const heardOf = defineJob('notices.heard-of');
/** A notice was received: whatever waits for it may go on. */
export const received = defineJob('notices.received');
