import nunjucks from 'nunjucks';

/** A column's heading as the `table` part of the kit takes it. */
export type Head = string | { readonly text: string; readonly hidden?: boolean };

/**
 * Writes into each cell what its column is called and what it is in the table, for people on a phone: there a row is a card, one
 * fact below the other, and a browser no longer says by itself that it is a table.
 *
 * @param rows the `<tr>`s of a table's body, as the kit's parts write them
 */
export function rowsAsCards(rows: { toString(): string }, heads: readonly Head[]): nunjucks.runtime.SafeString {
  let column = 0;
  const written = String(rows).replaceAll(/<(tr|td|th)\b([^>]*)>/g, (_, tag: string, given: string) => {
    if (tag === 'tr') {
      column = 0;
      return `<tr role="row"${given}>`;
    }
    const span = Number(/\bcolspan="(\d+)"/.exec(given)?.[1] ?? 1);
    const label = span === 1 && tag === 'td' ? labelOf(heads[column]) : '';
    column += span;
    return `<${tag} role="${tag === 'th' ? 'rowheader' : 'cell'}"${label && ` data-label="${escaped(label)}"`}${given}>`;
  });
  return new nunjucks.runtime.SafeString(written);
}

function labelOf(head: Head | undefined): string {
  if (head === undefined || typeof head === 'string') return head ?? '';
  return head.hidden ? '' : head.text;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
