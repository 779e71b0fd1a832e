/**
 * The letters GOV.UK Notify sends by text message, and what it makes of the others.
 *
 * @source alphagov/notifications-utils, sanitise_text.py, as the vectors of `test/vectors/notify-sms.json` were taken
 */

/** Lists the letters of the GSM alphabet that take the room of two. */
export const doubleLetters: ReadonlySet<string> = new Set('[\\]^{|}~€');

const BASIC_LETTERS =
  '\n\r\u001b !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz' +
  '¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ';

/** Lists Welsh letters outside the GSM alphabet: sent as they are, and the whole message then travels as Unicode. */
export const unicodeLetters: ReadonlySet<string> = new Set('ÀÁÂÈÊËÌÍÎÏÒÓÔÙÚÛÝáâêëíîïóôúûýÿŴŵŶŷŸẀẁẂẃẄẅỲỳ');

/** Lists every letter that arrives as it was written. */
export const keptLetters: ReadonlySet<string> = new Set([BASIC_LETTERS, ...doubleLetters, ...unicodeLetters].join(''));

/** Gives typewriter signs for printers' signs, and nothing for what has no width. */
export const replacedLetters: ReadonlyMap<string, string> = new Map([
  ...each('\u2011\u2013\u2014\u2212', '-'),
  ...each('\u2018\u2019\u201a', "'"),
  ...each('\u201c\u201d\u201e', '"'),
  ...each('\u180e\u200b\u200c\u200d\u2060\ufeff\u2028\u2029', ''),
  ...each('\u00a0\u202f\t', ' '),
  ['\u2026', '...'],
  ['\u0141', 'L'],
  ['\u0142', 'l'],
]);

function each(letters: string, replacement: string): [string, string][] {
  return Array.from(letters, (letter) => [letter, replacement]);
}
