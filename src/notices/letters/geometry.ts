/** A rectangle of the page, in points from its top left corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Turns millimetres, in which the post measures, into points, in which a page is written. */
export function mm(millimetres: number): number {
  return (millimetres * 72) / 25.4;
}

function box(left: number, top: number, right: number, bottom: number): Box {
  return { left: mm(left), top: mm(top), right: mm(right), bottom: mm(bottom) };
}

/** The post takes at most this many pages. */
export const mostPages = 10;

/** A4, portrait. */
export const page = box(0, 0, 210, 297);

/** Where ink may be, on every page: GOV.UK Notify refuses a letter with any outside. */
export const printable = box(15, 5, 195, 292);

/** The places of page 1, as GOV.UK Notify measures them. What is between them stays empty. */
export const places = {
  logo: box(15, 5, 125, 30),
  sender: box(125, 5, 195, 95),
  window: box(24.6, 39.5, 120, 66.3),
  body: box(15, 95, 195, 292),
} as const;

// The design stands inside those places with air around it; text begins where the address in the window begins.

/** Where the council's bar and name stand. */
export const logoText = box(25.6, 9, 120, 29);
/** Where the sender's address, the day and the reference stand. */
export const senderText = box(131, 9, 186, 90);
/** Where the address stands: a little inside the window, for a sheet that slips in its envelope. */
export const windowText = box(25.6, 40, 118, 66);
/** Where the words of page 1 stand. */
export const firstBody = box(25.6, 97, 186, 277);
/** Where the words of the other pages stand. */
export const nextBody = box(25.6, 18, 186, 277);
/** Where the number of a page stands. */
export const foot = box(25.6, 283, 186, 290);
