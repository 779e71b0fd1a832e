import type { INestApplicationContext } from '@nestjs/common';
import { type CheckFound, verifyAuditChain } from '../audit/index.ts';
import { Authorities, type Authority } from '../identity/index.ts';
import { operatorOf } from '../kernel/index.ts';
import { verifyLedger } from '../ledger/index.ts';
import { VerifyPayments, VerifyStatements } from '../payments/index.ts';
import { type Transaction, UnitOfWork } from '../platform/index.ts';
import { verifyLines, verifyRecoveries } from '../subsistence/index.ts';

/** What was proved of one council, and every fault by name. */
export interface Verified {
  readonly authority: string;
  readonly transfers: number;
  readonly seals: number;
  readonly payments: number;
  readonly files: number;
  readonly statements: number;
  readonly auditEvents: number;
  readonly faults: readonly string[];
}

/** What a check gives: how many of what it looked at, the first being what it counts by, and one sentence a fault. */
interface Proof {
  readonly counts: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

/** The checks there are, in the order they are done. */
export const bookChecks = ['ledger', 'amounts', 'payments', 'reconciliation', 'audit-trail'] as const;
/** One of the checks of the books. */
export type BookCheck = (typeof bookChecks)[number];

/** What proves with keys of its own. */
export interface Provers {
  readonly payments: VerifyPayments;
  readonly statements: VerifyStatements;
}

const proofs: Readonly<Record<BookCheck, (tx: Transaction, provers: Provers) => Promise<Proof>>> = {
  ledger: async (tx) => {
    const { transfers, seals, faults } = await verifyLedger(tx);
    return { counts: { transfers: Number(transfers), seals: Number(seals) }, faults };
  },
  amounts: async (tx) => {
    const { checked, faults } = await verifyLines(tx);
    const recoveries = await verifyRecoveries(tx);
    return { counts: { payments: checked }, faults: [...faults, ...recoveries.faults] };
  },
  payments: async (tx, { payments }) => {
    const { files, faults } = await payments.run(tx);
    return { counts: { files }, faults };
  },
  reconciliation: async (tx, provers) => {
    const { statements, faults } = await provers.statements.run(tx);
    return { counts: { statements }, faults };
  },
  'audit-trail': async (tx) => {
    const { checked, faults } = await verifyAuditChain(tx);
    return { counts: { auditEvents: Number(checked) }, faults };
  },
};

/** Does one check of a council's books, and says how long it took. */
export async function proveBooks(tx: Transaction, provers: Provers, check: BookCheck): Promise<CheckFound> {
  const began = performance.now();
  const { counts, faults } = await proofs[check](tx, provers);
  const tookMs = Math.round(performance.now() - began);
  return { check, checked: String(Object.values(counts)[0] ?? 0), faults, tookMs };
}

/** Proves a council's books for an auditor: balances against transfers, seals, audit chain, orders, files, every amount. */
export async function verifyCouncil(app: INestApplicationContext, authority: Authority): Promise<Verified> {
  return app.get(UnitOfWork).read(operatorOf(authority.authorityId), async (tx) => {
    const found = { transfers: 0, seals: 0, payments: 0, files: 0, statements: 0, auditEvents: 0 };
    const faults: string[] = [];
    const provers = { payments: app.get(VerifyPayments), statements: app.get(VerifyStatements) };
    for (const check of bookChecks) {
      const proof = await proofs[check](tx, provers);
      Object.assign(found, proof.counts);
      faults.push(...proof.faults);
    }
    return { authority: authority.slug, ...found, faults };
  });
}

/** Proves every council of the database. */
export async function verifyAll(app: INestApplicationContext): Promise<Verified[]> {
  const verified: Verified[] = [];
  for (const authority of await app.get(Authorities).all()) verified.push(await verifyCouncil(app, authority));
  return verified;
}
