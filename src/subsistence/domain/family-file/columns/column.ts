/** Names the ways a cell is read: each has one reader in `cell-readers.ts`. */
export type CellKind =
  | 'reference'
  | 'text'
  | 'choice'
  | 'date'
  | 'money'
  | 'sort code'
  | 'account number'
  | 'mobile'
  | 'email'
  | 'postcode'
  | 'language'
  | 'ways';

/**
 * Describes one column to whoever fills in the file, and to the parser.
 *
 * A `family` column is said once, on the family's first row; a `member` column on every row. A `required` column
 * must be in the header, and its cell filled in wherever the column is said.
 */
export interface FamilyFileColumn {
  readonly name: string;
  readonly about: 'family' | 'member';
  readonly required: boolean;
  readonly reads: CellKind;
  readonly meaning: string;
  readonly allowed: string;
  /** The allowed words, when it is a choice. */
  readonly choices?: readonly string[];
  /** What a blank cell is read as, when that is not "not said". */
  readonly blankMeans?: string;
  /** The most characters a text may have. */
  readonly longest?: number;
}
