import { Controller } from '@nestjs/common';
import { isPlainDate, Money, type PlainDate, plainDate } from '../../kernel/index.ts';
import {
  type Account,
  accountById,
  accountKinds,
  accountList,
  dayOf,
  journal,
  lastMovement,
  monthsAround,
  readPlace,
  seeLedger,
  standingOn,
  statementOf,
  writePlace,
} from '../../ledger/index.ts';
import { number, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { dateField } from '../pages/date-field.ts';
import { attempt, Page, type PageAnswer, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { moneyUrls } from './money.urls.ts';
import { daysOfMonth, monthOf } from './months.ts';
import { accountName, fundNames, tellTransfers } from './wording.ts';

const ON_A_PAGE = 100;

/** The ledger's accounts: what stands on each, its days, and the transfers of a day. */
@Controller()
export class AccountPages {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({ ...{ method: 'GET', path: moneyUrls.ledger, title: 'Accounts', allowed: seeLedger }, audit: null })
  async accounts(@Visiting() visit: Visit): Promise<View> {
    const kind = accountKinds.find((each) => each === visit.query.kind);
    const fund = /^\d{1,18}$/.test(visit.query.fund ?? '') ? visit.query.fund : undefined;
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const names = await fundNames(tx);
      const accounts = await accountList(tx, { kind, fundId: fund });
      return {
        accounts,
        funds: [...names].map(([value, text]) => ({ value, text })),
        names: Object.fromEntries(names),
      };
    });
    const sum = (side: 'debits' | 'credits'): Money => Money.sum(data.accounts.map((each) => Money.gbp(each[side])));
    const total = { debits: sum('debits'), credits: sum('credits') };
    return show('money/accounts.njk', { ...data, total, kinds: accountKinds, filter: { kind, fund } });
  }

  @Page({ ...{ method: 'GET', path: moneyUrls.account, title: 'An account', allowed: seeLedger }, audit: null })
  account(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      () => this.#account(visit, dateField(visit.query, 'on')),
      () => this.#account(visit, null),
    );
  }

  @Page({
    ...{ method: 'GET', path: moneyUrls.accountDay, title: 'A day of an account', allowed: seeLedger },
    ...{ audit: 'ledger.account-day-seen', subject: 'account' },
  })
  async day(@Visiting() visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const day = plainDate(visit.params.day ?? '');
    const after = readPlace(visit.query.after ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const account = await accountById(tx, id);
      const found = await journal(tx, { accountIds: [id], from: day, to: day }, after, ON_A_PAGE + 1);
      const transfers = await tellTransfers(tx, found.slice(0, ON_A_PAGE), id);
      const evening = await standingOn(tx, id, day);
      return { ...(await named(tx, account)), found, transfers, moved: await dayOf(tx, id, day), evening };
    });
    const last = data.found.length > ON_A_PAGE ? data.found[ON_A_PAGE - 1] : undefined;
    const next = last && `${visit.path}?after=${writePlace(last)}`;
    return show('money/account-day.njk', { ...data, day, next, month: day.slice(0, 7), isFirst: !after });
  }

  async #account(visit: Visit, on: PlainDate | null): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const account = await accountById(tx, id);
      const last = (await lastMovement(tx, id)) ?? tx.today;
      const days = daysOfMonth(askedMonth(visit) ?? monthOf(last));
      return {
        ...(await named(tx, account)),
        ...{ statement: await statementOf(tx, id, days.from, days.to), around: await monthsAround(tx, id, days) },
        ...{ on, asAt: on && (await standingOn(tx, id, on)) },
      };
    });
    return show('money/account.njk', { ...data, month: monthOf(data.statement.from), values: visit.query });
  }
}

function askedMonth({ query }: Visit): string | undefined {
  return isPlainDate(`${query.month ?? ''}-01`) ? query.month : undefined;
}

async function named(tx: Transaction, account: Account): Promise<{ account: Account; name: string }> {
  return { account, name: accountName(account, await fundNames(tx)) };
}
