const NAMES = new Intl.DisplayNames(['en-GB'], { type: 'language' });
/** Languages families read most, by their codes; any other code is kept and shown, too. */
const CODES =
  'am ar bn de el en es fa fr gu ha hi hu ig it ku lt ne pa pl ps pt ro ru si so sq sw ta ti tr tw uk ur vi yo zh zu'.split(
    ' ',
  );

/** Names the language of a code for a reader: `sq` is Albanian. */
export function languageName(code: string | null | undefined): string {
  if (!code) return '';
  try {
    return NAMES.of(code) ?? code;
  } catch {
    return code;
  }
}

/** The languages to choose from, by name. */
export const languages = CODES.map((code) => ({ value: code, text: languageName(code) })).toSorted((a, b) =>
  a.text.localeCompare(b.text, 'en-GB'),
);
