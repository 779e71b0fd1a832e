/**
 * Writes the reference a family sees on its bank statement: a neutral prefix and the payment order's number.
 *
 * It says nothing of why a family is paid. Eighteen characters at most, as Bacs carries.
 */
export function bacsReference(prefix: string, orderId: string): string {
  return `${prefix} ${orderId}`.slice(0, 18);
}
