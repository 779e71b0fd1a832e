/** What became of a message, in our words, from the least said to the best that can be said. */
export const deliveryStatuses = [
  'accepted',
  'technical',
  'failed-temporarily',
  'failed-permanently',
  'delivered',
] as const;
/** Names what became of a message as far as Notify knows. A letter is never `delivered`: the posting calendar says so. */
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** Every status Notify has for a text message, an e-mail or a letter. @source GOV.UK Notify API documentation */
export const notifyStatuses = [
  ...(['created', 'sending', 'pending', 'sent', 'delivered'] as const),
  ...(['temporary-failure', 'permanent-failure', 'technical-failure'] as const),
  ...(['accepted', 'received', 'cancelled'] as const),
  ...(['pending-virus-check', 'virus-scan-failed', 'validation-failed'] as const),
] as const;
/** Names a status as Notify writes it. */
export type NotifyStatus = (typeof notifyStatuses)[number];

const OURS: Readonly<Record<NotifyStatus, DeliveryStatus>> = {
  created: 'accepted',
  sending: 'accepted',
  pending: 'accepted',
  // To a number abroad: handed over there, and nothing more will be heard.
  sent: 'accepted',
  delivered: 'delivered',
  'temporary-failure': 'failed-temporarily',
  'permanent-failure': 'failed-permanently',
  'technical-failure': 'technical',
  accepted: 'accepted',
  // Printed and posted. When it is through the door, nobody tells.
  received: 'accepted',
  cancelled: 'technical',
  'pending-virus-check': 'accepted',
  'virus-scan-failed': 'technical',
  'validation-failed': 'technical',
};

/** Says whether a word is a status Notify is known to write. */
export function isNotifyStatus(word: unknown): word is NotifyStatus {
  return (notifyStatuses as readonly unknown[]).includes(word);
}

/** Puts Notify's status into our words. */
export function deliveryStatusOf(status: NotifyStatus): DeliveryStatus {
  return OURS[status];
}

/**
 * Says what is known of a message after one more thing was heard, for whoever keeps its state.
 *
 * News comes late, twice and out of order, so the order of hearing must not matter: the better-ranked of the two stands.
 * What was once delivered stays delivered.
 */
export function laterStatus(known: DeliveryStatus, heard: DeliveryStatus): DeliveryStatus {
  return deliveryStatuses.indexOf(heard) > deliveryStatuses.indexOf(known) ? heard : known;
}
