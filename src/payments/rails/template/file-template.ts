import { z } from 'zod';

/** What a cell of a payment's line may hold. */
export const lineFields = ['name', 'sortCode', 'account', 'amount', 'pence', 'reference', 'expires', 'line'] as const;
/** What a cell of the header or the trailer may hold. */
export const fileFields = ['serial', 'payDay', 'createdOn', 'items', 'total', 'totalPence'] as const;

const width = z.number().int().min(1).max(140).optional();
const text = z.object({ text: z.string().max(60) }).strict();
const lineCell = z.union([text, z.object({ field: z.enum(lineFields), width }).strict()]);
const fileCell = z.union([text, z.object({ field: z.enum(fileFields), width }).strict()]);

/** How a provider wants its file: columns in order, what parts them, a header and a trailer. As data, never code. */
export const fileTemplate = z
  .object({
    delimiter: z.enum([',', ';', '|', '\t']),
    lineEnd: z.enum(['\n', '\r\n']),
    header: z.array(fileCell).min(1).max(60).optional(),
    columns: z.array(lineCell).min(1).max(60),
    trailer: z.array(fileCell).min(1).max(60).optional(),
  })
  .strict();
/** How a provider wants its file. */
export type FileTemplate = z.output<typeof fileTemplate>;
