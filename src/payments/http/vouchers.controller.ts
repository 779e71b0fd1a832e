import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { ExplainException } from '../actions/explain-exception.action.ts';
import { seeBankFiles } from '../actions/see-bank-files.ts';
import { SettleVouchers } from '../actions/settle-vouchers.action.ts';
import { readBankFile } from '../store/bank-file.store.ts';
import { type VoucherRow, vouchersOfFile } from '../store/voucher.store.ts';

const redeeming = z.object({
  voucherIds: z
    .array(z.string().regex(/^\d{1,18}$/))
    .min(1)
    .max(1000),
});
const explaining = z.object({ explanation: words(500) });

/** Vouchers, and what banks reported that fits nothing here, over HTTP. */
@Controller()
export class VouchersController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settle: SettleVouchers,
    private readonly explain: ExplainException,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/bank-files/:id/vouchers', summary: 'The vouchers of a file' },
    allowed: seeBankFiles,
  })
  list(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ vouchers: VoucherRow[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => {
      const file = await readBankFile(tx, number(id));
      return { vouchers: await vouchersOfFile(tx, file.id, 1000) };
    });
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/vouchers/redeemed', summary: 'Note which vouchers were cashed' },
    ...{ allowed: SettleVouchers.allowed, body: redeeming, movesMoney: true },
  })
  redeem(@AskedBy() asked: Asked): Promise<{ redeemed: number }> {
    const { voucherIds } = asked.body as z.output<typeof redeeming>;
    return this.settle.redeem(asked.actor, voucherIds, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/bank-reports/exceptions/:id', summary: 'Say what an exception was' },
    ...{ allowed: ExplainException.allowed, body: explaining },
  })
  explained(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ exceptionId: string }> {
    const { explanation } = asked.body as z.output<typeof explaining>;
    return this.explain.run(asked.actor, number(id), explanation);
  }
}
