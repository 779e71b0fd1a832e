/** A payment to be put in a file: a payment order, or one made again. */
export interface ToPay {
  readonly id: string;
  readonly familyId: string;
  readonly instrumentId: string;
  /** Whole pence, as text. */
  readonly pence: string;
}
