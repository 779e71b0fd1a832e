import { bankColumns } from './columns/bank-columns.ts';
import type { FamilyFileColumn } from './columns/column.ts';
import { contactColumns } from './columns/contact-columns.ts';
import { memberColumns } from './columns/member-columns.ts';
import { supportColumns } from './columns/support-columns.ts';

const inOrder = [...memberColumns, ...supportColumns, ...bankColumns, ...contactColumns] as const;

/** Names a column of the family file. */
export type ColumnName = (typeof inOrder)[number]['name'];

/**
 * Lists, for whoever fills in the file, every column in order: the one table the parser and the help text read.
 *
 * A column may stand anywhere in a file; only the `required` ones must be there.
 */
export const familyFileColumns: readonly (FamilyFileColumn & { readonly name: ColumnName })[] = inOrder;

/** Finds the column the parser reads by its name. */
export const columnByName = Object.fromEntries(familyFileColumns.map((column) => [column.name, column])) as Readonly<
  Record<ColumnName, FamilyFileColumn & { readonly name: ColumnName }>
>;

/** Lists what a caseworker says once for a family, on its first row. */
export const saidOnceForTheFamily: readonly ColumnName[] = familyFileColumns
  .filter((column) => column.about === 'family')
  .map((column) => column.name);
