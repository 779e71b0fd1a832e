import type { INestApplicationContext } from '@nestjs/common';
import { verifyAuditChain } from '../audit/index.ts';
import { Authorities, type Authority } from '../identity/index.ts';
import { operatorOf } from '../kernel/index.ts';
import { verifyLedger } from '../ledger/index.ts';
import { VerifyPayments } from '../payments/index.ts';
import { UnitOfWork } from '../platform/index.ts';
import { verifyLines } from '../subsistence/index.ts';

/** What was proved of one council, and every fault by name. */
export interface Verified {
  readonly authority: string;
  readonly transfers: number;
  readonly seals: number;
  readonly payments: number;
  readonly files: number;
  readonly auditEvents: number;
  readonly faults: readonly string[];
}

/** Proves a council's books for an auditor: balances against transfers, seals, audit chain, orders, files, every amount. */
export async function verifyCouncil(app: INestApplicationContext, authority: Authority): Promise<Verified> {
  return app.get(UnitOfWork).read(operatorOf(authority.authorityId), async (tx) => {
    const ledger = await verifyLedger(tx);
    const lines = await verifyLines(tx);
    const payments = await app.get(VerifyPayments).run(tx);
    const audit = await verifyAuditChain(tx);
    return {
      ...{ authority: authority.slug, transfers: Number(ledger.transfers), seals: Number(ledger.seals) },
      ...{ payments: lines.checked, files: payments.files, auditEvents: Number(audit.checked) },
      faults: [...ledger.faults, ...lines.faults, ...payments.faults, ...audit.faults],
    };
  });
}

/** Proves every council of the database. */
export async function verifyAll(app: INestApplicationContext): Promise<Verified[]> {
  const verified: Verified[] = [];
  for (const authority of await app.get(Authorities).all()) verified.push(await verifyCouncil(app, authority));
  return verified;
}
