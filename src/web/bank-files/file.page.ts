import { Controller, Res } from '@nestjs/common';
import type { Response } from 'express';
import { namesOf } from '../../identity/index.ts';
import { Money } from '../../kernel/index.ts';
import {
  AnswerFile,
  BankFiles,
  bankFileStory,
  railsOf,
  railWords,
  RescueFile,
  rescuesOf,
  seeBankFiles,
  SettleVouchers,
  SubmitFile,
  type VoucherRow,
  vouchersOfFile,
} from '../../payments/index.ts';
import { number, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { bankFileUrls } from './bank-files.urls.ts';
import { purposeWords, stateColours, stateWords, voucherWords } from './words.ts';

const MOST_VOUCHERS = 200;

/** One bank file: where it is, the one thing to do next, its story. */
@Controller()
export class BankFilePage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly files: BankFiles,
  ) {}

  @Page({ method: 'GET', path: bankFileUrls.file, title: 'A bank file', allowed: seeBankFiles, audit: null })
  show(@Visiting() visit: Visit): Promise<View> {
    return this.page(visit);
  }

  /** Shows the page again, for a step that was refused. */
  async page(visit: Visit): Promise<View> {
    const id = number(visit.params.id ?? '');
    const data = await this.unitOfWork.read(visit.actor, (tx) => everythingOf(tx, id));
    const may = (allowed: { readonly roles: readonly string[] }) =>
      visit.person.roles.some((role) => allowed.roles.includes(role));
    return show('bank-files/file.njk', {
      ...{ ...data, values: visit.form, me: visit.person.id, stateWords, stateColours, purposeWords, railWords },
      ...{ voucherWords, voucherSums: sumsOf(data.vouchers), ticked: [visit.form.voucher ?? []].flat() },
      may: {
        ...{ submit: may(SubmitFile.allowed), answer: may(AnswerFile.allowed), rescue: may(RescueFile.allowed) },
        ...{ open: may(BankFiles.allowed), redeem: may(SettleVouchers.allowed) },
      },
    });
  }

  /** The view records the look itself, with the file's hash. */
  @Page({
    ...{ method: 'GET', path: bankFileUrls.content, title: 'Download a bank file', allowed: BankFiles.allowed },
    ...{ audit: null, produces: 'text/plain' },
  })
  async content(@Visiting() visit: Visit, @Res() response: Response): Promise<void> {
    const file = await this.files.openFile(visit.actor, number(visit.params.id ?? ''));
    response.set('Cache-Control', 'no-store').set('X-Content-SHA256', file.sha256);
    response.attachment(file.name).type(file.mediaType).send(file.bytes);
  }
}

async function everythingOf(tx: Transaction, id: string) {
  const file = await bankFileStory(tx, id);
  const rescues = await rescuesOf(tx, id);
  const people = [
    ...file.history.map((each) => each.actorId),
    ...rescues.flatMap((each) => [each.proposedBy, each.decidedBy]),
  ];
  return {
    ...{ file, rescues, rails: railsOf(file), names: Object.fromEntries(await namesOf(tx, people)) },
    vouchers: file.rail === 'voucher' ? await vouchersOfFile(tx, id, MOST_VOUCHERS) : [],
  };
}

/** How many vouchers are in each state, and what they come to. */
function sumsOf(vouchers: readonly VoucherRow[]) {
  const states = Object.keys(voucherWords) as VoucherRow['state'][];
  return Object.fromEntries(
    states.map((state) => {
      const alike = vouchers.filter((voucher) => voucher.state === state);
      return [state, { n: alike.length, total: Money.sum(alike.map(({ amount }) => Money.gbp(amount))).toString() }];
    }),
  );
}
