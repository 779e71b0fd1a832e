import { Controller } from '@nestjs/common';
import {
  accountList,
  journal,
  type JournalFilter,
  readPlace,
  seeLedger,
  transferDetail,
  transferKindNames,
  writePlace,
} from '../../ledger/index.ts';
import { number, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { attempt, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { journalFilter } from './journal-filter.ts';
import { kindNames } from './kind-names.ts';
import { moneyUrls } from './money.urls.ts';
import { accountName, fundNames, tellTransfers } from './wording.ts';

const ON_A_PAGE = 100;

/** Every transfer, the newest day first; and one transfer with its accounts and its document. */
@Controller()
export class JournalPages {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({
    ...{ method: 'GET', path: moneyUrls.journal, title: 'Journal', allowed: seeLedger },
    ...{ audit: 'ledger.journal-seen', subject: 'ledger' },
  })
  journal(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      () => this.#journal(visit, (tx) => journalFilter(tx, visit)),
      // A day that does not exist narrows to nothing; the form says so.
      () => this.#journal(visit, undefined),
    );
  }

  @Page({
    ...{ method: 'GET', path: moneyUrls.transfer, title: 'A transfer', allowed: seeLedger },
    ...{ audit: 'ledger.transfer-seen', subject: 'ledger' },
  })
  async transfer(@Visiting() visit: Visit): Promise<View> {
    const { document = '', kind = '', leg = '' } = visit.params;
    const which = { document: number(document), kind, leg: Number(number(leg)) };
    const { from = '' } = visit.query;
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const row = await transferDetail(tx, which);
      const [told] = await tellTransfers(tx, [row]);
      return {
        transfer: told,
        from: [row.debit, row.credit].find(({ id }) => id === from),
        names: await fundNames(tx),
      };
    });
    const cameFrom = data.from && { ...data.from, name: accountName(data.from, data.names) };
    return show('money/transfer.njk', { transfer: data.transfer, cameFrom });
  }

  async #journal(visit: Visit, narrowing: ((tx: Transaction) => Promise<JournalFilter>) | undefined): Promise<View> {
    const after = readPlace(visit.query.after ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const filter = await narrowing?.(tx);
      const found = filter ? await journal(tx, filter, after, ON_A_PAGE + 1) : [];
      return { found, transfers: await tellTransfers(tx, found.slice(0, ON_A_PAGE)), ...(await choices(tx)) };
    });
    const { after: _, ...asked } = visit.query;
    const last = data.found.length > ON_A_PAGE ? data.found[ON_A_PAGE - 1] : undefined;
    const query = (more: Record<string, string>): string => new URLSearchParams({ ...asked, ...more }).toString();
    return show('money/journal.njk', {
      ...{ ...data, values: visit.query, isNarrowed: Object.values(asked).some(Boolean), isFirst: !after },
      ...{ next: last && `${moneyUrls.journal}?${query({ after: writePlace(last) })}`, asked: query({}) },
    });
  }
}

async function choices(tx: Transaction) {
  const names = await fundNames(tx);
  const accounts = (await accountList(tx)).map((each) => ({ value: each.id, text: accountName(each, names) }));
  const kinds = transferKindNames.map((kind) => ({ value: kind, text: kindNames[kind] }));
  return { kinds, accounts, funds: [...names].map(([value, text]) => ({ value, text })) };
}
