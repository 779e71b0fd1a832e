/** A row of a family file, by column. */
export type Row = Partial<Record<string, string>>;
