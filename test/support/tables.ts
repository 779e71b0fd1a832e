import { Money } from '../../src/kernel/index.ts';

/** A row of a table as a reader sees it, and the ways out of it. */
export interface ShownRow {
  readonly cells: readonly string[];
  readonly links: readonly string[];
}

/** Reads the rows of a page's table, by the table's label. */
export function rowsOf(html: string, label: string): ShownRow[] {
  const table = new RegExp(`<caption[^>]*>${label}</caption>([\\s\\S]*?)</table>`).exec(html)?.[1] ?? '';
  const body = table.split('<tbody')[1] ?? '';
  return [...body.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row = '']) => ({
    cells: [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = '']) => textOf(cell)),
    links: linksOf(row),
  }));
}

/** Gives the addresses of the links in a piece of a page. */
export function linksOf(html: string): string[] {
  return [...html.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
}

/** Reads the large numbers of a page, by name. */
export function numbersOf(html: string): Record<string, string> {
  const list = /<dl class="mainstay-numbers">([\s\S]*?)<\/dl>/.exec(html)?.[1] ?? '';
  const pairs = [...list.matchAll(/<dt>([\s\S]*?)<\/dt><dd>([\s\S]*?)<\/dd>/g)];
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [textOf(name), textOf(value)]));
}

/** Reads money as a page writes it; nought where a cell is empty. */
export function moneyIn(text = ''): Money {
  const [, sign = '', digits = '0'] = /(−?)£([\d,.]+)/.exec(text) ?? [];
  const amount = Money.gbp(digits.replaceAll(',', ''));
  return sign ? amount.negated() : amount;
}

/** Adds up a column of rows. */
export function sumOf(rows: readonly ShownRow[], column: number): string {
  return Money.sum(rows.map(({ cells }) => moneyIn(cells.at(column)))).toString();
}

function textOf(html: string): string {
  return html
    .replaceAll(/<span class="govuk-visually-hidden">[\s\S]*?<\/span>/g, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
