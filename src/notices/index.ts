export { isPostage, letterArrival, type LetterArrival, type Postage, postages } from './domain/arrival.ts';
export { bearsToken, type NotACallback, readCallback, type Receipt, type ReturnedLetter } from './notify/callback.ts';
export { type DeliveryStatus, deliveryStatuses, laterStatus } from './notify/delivery-status.ts';
export { fullBucket, type Taken, takeTokens, type TokenBucket } from './notify/token-bucket.ts';
export { NotifyGateway, notifyKeyRefused } from './notify/notify-gateway.ts';
export type { KnownMessage, LookedUp, NotifyAccount, NotifyMessage, SendOutcome } from './notify/notify-message.ts';
