/** One field of a record: 1-based first and last position, and either what always stands there or whose value does. */
export type Field<Name extends string> =
  | { readonly from: number; readonly to: number; readonly always: string }
  | { readonly from: number; readonly to: number; readonly holds: Name };

/** Says what always stands at these positions, for whoever reads a layout beside the bank's own table. */
export function always(from: number, to: number, text: string): Field<never> {
  return { from, to, always: text };
}

/** Says these positions are spaces. */
export function blank(from: number, to: number): Field<never> {
  return always(from, to, ' '.repeat(to - from + 1));
}

/** Says whose value stands at these positions. */
export function holds<Name extends string>(from: number, to: number, name: Name): Field<Name> {
  return { from, to, holds: name };
}

/** Writes one line, its end included. Throws RangeError for a value that does not fill its field: a programmer's slip. */
export type RecordWriter<Name extends string> = (values: Readonly<Record<Name, string>>) => string;

/**
 * Makes the writer of one kind of record from its table of fields, for the writer of a whole file.
 *
 * The table is proved when it is loaded: it starts at 1, leaves no gap, ends at `width`.
 */
export function recordWriter<Name extends string>(width: number, fields: readonly Field<Name>[]): RecordWriter<Name> {
  proveTable(width, fields);
  return (values) => {
    let line = '';
    for (const field of fields) {
      const text = 'always' in field ? field.always : values[field.holds];
      if (text.length !== field.to - field.from + 1) {
        throw new RangeError(`positions ${field.from} to ${field.to} were given ${text.length} characters`);
      }
      line += text;
    }
    return `${line}\r\n`;
  };
}

function proveTable(width: number, fields: readonly Field<string>[]): void {
  let next = 1;
  for (const field of fields) {
    if (field.from !== next) throw new RangeError(`a field starts at ${field.from}, not ${next}`);
    next = field.to + 1;
  }
  if (next !== width + 1) throw new RangeError(`the fields end at ${next - 1}, not ${width}`);
}
