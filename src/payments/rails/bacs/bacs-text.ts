const ALREADY_PLAIN = /^[A-Z0-9.&/-](?:[A-Z0-9.&/ -]*[A-Z0-9.&/-])?$/;
const OUTSIDE = /[^A-Z0-9.&/ -]/gu;
const ACCENTS = /\p{M}/gu;

/** A text fitted to a field of a Bacs file. */
export interface BacsText {
  /** Exactly the field's width, padded with spaces. */
  readonly text: string;
  /** Whether letters were lost because the field is too narrow. */
  readonly truncated: boolean;
}

/**
 * Writes a name or a reference in the letters the banks can read, for the file's writer.
 *
 * Capitals; accents dropped (`Ọlá` is `OLA`); anything but `A–Z 0–9 . & / -` becomes a space (`O'Brien` is `O BRIEN`);
 * no space in front; cut or padded to `width` characters.
 * @source Bacs Standard 18 character set
 */
export function bacsText(text: string, width: number): BacsText {
  const plain = ALREADY_PLAIN.test(text) ? text : cleaned(text);
  return { text: plain.slice(0, width).padEnd(width), truncated: plain.length > width };
}

function cleaned(text: string): string {
  return text.toUpperCase().normalize('NFD').replace(ACCENTS, '').replace(OUTSIDE, ' ').trim();
}
