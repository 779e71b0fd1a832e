import { fundByCode } from '../../funds/index.ts';
import type { Transaction } from '../../platform/index.ts';
import type { ItemAsked } from '../domain/grant-application.ts';
import { insertApplication, writeAnswers } from '../store/application.store.ts';
import { catalogueList } from '../store/catalogue.store.ts';
import { replaceItems } from '../store/item.store.ts';

/** What an application begins with that somebody else asked for. */
export interface Beginning {
  readonly fundCode: string;
  readonly need: string;
  readonly codes: readonly string[];
}

/**
 * Begins an application for a worker, from what an agency or a family asked for, at the amounts of the catalogue.
 * What has no usual cost is named in the need, for the worker to price.
 */
export async function beginApplication(tx: Transaction, familyId: string, asked: Beginning): Promise<string> {
  const fund = await fundByCode(tx, asked.fundCode);
  const known = new Map((await catalogueList(tx)).map((item) => [item.code, item]));
  const wanted = asked.codes.flatMap((code) => known.get(code) ?? []);
  const priced = wanted.flatMap(({ code, name, category, guideAmount }): ItemAsked[] =>
    guideAmount === null
      ? []
      : [
          {
            ...{ code, category, description: name, amount: guideAmount, instrumentId: null, firstDue: null },
            ...{ instalments: 1, everyDays: 7 },
          },
        ],
  );
  const open = wanted.filter((item) => item.guideAmount === null).map((item) => item.name);
  const need = open.length > 0 ? `${asked.need}\n\nStill to be priced: ${open.join(', ')}.` : asked.need;
  const applicationId = await insertApplication(tx, familyId, fund.id);
  await writeAnswers(tx, applicationId, { need });
  if (priced.length > 0) await replaceItems(tx, applicationId, priced);
  return applicationId;
}
