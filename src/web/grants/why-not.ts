import { z } from 'zod';
import { type Signpost, signpostList, suggested } from '../../grants/index.ts';
import { paragraphs, type Transaction } from '../../platform/index.ts';
import type { Form } from '../pages/index.ts';

const number = z.string().regex(/^\d{1,18}$/, 'Choose of the list.');

/** What a family is told with a refusal, besides the reasons. */
export const whyNotAnswers = {
  wouldChange: paragraphs(2000).optional(),
  signposts: z.union([number.transform((id) => [id]), z.array(number).max(10, 'Choose at most ten.')]).optional(),
};

/** Lists who else helps, those for what was asked first. */
export async function elsewhereFor(
  tx: Transaction,
  items: readonly { readonly category: string }[],
): Promise<(Signpost & { readonly isSuggested: boolean })[]> {
  const asked = [...new Set(items.map((item) => item.category))];
  return suggested(await signpostList(tx), asked);
}

/** Says what of the list somebody ticked; undefined where they were not asked yet. */
export function chosenIn(form: Form): string[] | undefined {
  if (form.fingerprint === undefined) return undefined;
  return [form.signposts ?? []].flat().map(String);
}
