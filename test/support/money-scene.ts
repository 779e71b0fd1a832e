import { AddFund, fundByCode, ProposeMoney } from '../../src/funds/index.ts';
import { Money, operatorOf } from '../../src/kernel/index.ts';
import { accountList } from '../../src/ledger/index.ts';
import { Drafts, UnitOfWork } from '../../src/platform/index.ts';
import type { TestHouse } from './test-house.ts';

/** Money in the middle of its way: a second fund, money that waits for a second person, answers not yet sent. */
export interface MoneyScene {
  /** The section 17 fund, and another that money can move to. */
  readonly fund: string;
  readonly otherFund: string;
  /** Money that a second person has to decide on. */
  readonly waitingProposal: string;
  /** The account of what the section 17 fund has spent. */
  readonly spentAccount: string;
}

/** Sets the scene for the pages about money. */
export async function moneyScene({ app, council }: TestHouse): Promise<MoneyScene> {
  const { finance, administrator } = council.actors;
  const winter = { code: 'winter', name: 'Winter hardship fund', pays: ['section-17', 'grant'] } as const;
  const otherFund = await app.get(AddFund).run(operatorOf(council.id), winter);
  const { id: fund } = await app.get(UnitOfWork).read(finance, (tx) => fundByCode(tx, 'section-17'));
  const year = { financialYear: '2026-27', amount: Money.gbp('2500.00') };
  const money = { ...year, fundId: otherFund, reason: 'Cold weather: moved by cabinet on 3 December' };
  const { proposalId } = await app.get(ProposeMoney).move(finance, fund, money);
  const answers = { financialYear: '2026-27', amount: '1,200', reason: 'Second instalment of the grant' };
  await app.get(Drafts).keep(finance, `funds/${fund}/budget`, answers);
  await app.get(Drafts).keep(finance, `funds/${fund}/move`, { ...answers, fundId: otherFund });
  await app.get(Drafts).keep(administrator, 'funds/new', { name: 'Summer fund', code: 'summer', pays: 'grant' });
  const spent = { fundId: fund, kind: 'spent' };
  const [account] = await app.get(UnitOfWork).read(finance, (tx) => accountList(tx, spent));
  return { fund, otherFund, waitingProposal: proposalId, spentAccount: account?.id ?? '' };
}
