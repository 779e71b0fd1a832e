import { z } from 'zod';

/** How a bank writes the days of its CSV files. */
export const daysWritten = [
  ...(['day/month/year', 'day/month/short-year', 'month/day/year'] as const),
  ...(['year-month-day', 'yearmonthday', 'day-month-name-year'] as const),
] as const;
export type DayWritten = (typeof daysWritten)[number];

const column = z.string().trim().min(1).max(60);
const outAndIn = z.object({ out: column, in: column }).strict();
const signed = z.object({ signed: column, outIs: z.enum(['below nought', 'above nought']).optional() }).strict();
const beside = z.object({ plain: column, side: column, outSays: column }).strict();

/**
 * One bank's layout of a CSV statement, as data: which column is what, in which order, how days are written, what parts the
 * columns, and which way round amounts are.
 */
export const csvLayout = z
  .object({
    delimiter: z.enum([',', ';', '\t', '|']),
    /** The whole first row, by which the layout is known. */
    header: z.array(z.string().trim().max(60)).min(3).max(40),
    day: z.object({ column, written: z.enum(daysWritten) }).strict(),
    /** One column with the account, or two with sort code and number; or the account itself where the file does not say. */
    account: z.union([z.array(column).min(1).max(2), z.object({ fixed: z.string().regex(/^\d{14}$/) }).strict()]),
    /** Out and in beside each other; one column with a sign; or one without, and another that says which way. */
    amount: z.union([outAndIn, signed, beside]),
    /** What stands before the pence; a full stop unless said. */
    mark: z.enum(['.', ',']).optional(),
    /** What stood on the account after the line: without it nothing would prove the file. */
    balance: column,
    reference: column,
    details: z.array(column).max(4),
  })
  .strict()
  .superRefine((layout, context) => {
    const { header } = layout;
    const names = header.map((name) => name.toLowerCase());
    if (new Set(names).size !== names.length)
      context.addIssue({ code: 'custom', path: ['header'], message: 'Two columns have the same name.' });
    for (const [path, name] of columnsNamed(layout))
      if (!header.includes(name))
        context.addIssue({ code: 'custom', path: [path], message: `The header has no column "${name}".` });
  });

type Layout = {
  readonly day: { readonly column: string };
  readonly account: readonly string[] | { readonly fixed: string };
  readonly amount: Readonly<Record<string, string | undefined>>;
  readonly balance: string;
  readonly reference: string;
  readonly details: readonly string[];
};

function columnsNamed({ day, account, amount, ...layout }: Layout): [path: string, name: string][] {
  const ofAmount = ['out', 'in', 'signed', 'plain', 'side'].flatMap((key) => amount[key] ?? []);
  return [
    ['day', day.column],
    ...('fixed' in account ? [] : account).map((name): [string, string] => ['account', name]),
    ...ofAmount.map((name): [string, string] => ['amount', name]),
    ['balance', layout.balance],
    ['reference', layout.reference],
    ...layout.details.map((name): [string, string] => ['details', name]),
  ];
}

/** One bank's layout of a CSV statement, under the name people know it by. */
export type CsvProfile = Readonly<z.output<typeof csvLayout>> & { readonly name: string };
