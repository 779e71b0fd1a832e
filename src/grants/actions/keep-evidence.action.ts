import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, type Allowed, mustBeAllowed } from '../../kernel/index.ts';
import { FieldSeal, type Transaction, UnitOfWork } from '../../platform/index.ts';
import { EVIDENCE_BYTES, evidenceName, type EvidenceType, evidenceTypeOf } from '../domain/evidence-file.ts';
import { evidenceRefused, noSuchEvidence } from '../intake-problems.ts';
import { readApplication } from '../store/application.store.ts';
import { type EvidenceOf, insertEvidence, readEvidence } from '../store/evidence.store.ts';
import { readReferral } from '../store/referral.store.ts';

/** A file as somebody chose it. */
export interface FileGiven {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A file that was opened. */
export interface EvidenceOpened extends FileGiven {
  readonly mediaType: EvidenceType;
}

/** Keeps files that show a need, sealed, and opens them again: each opening is on record. */
@Injectable()
export class KeepEvidence {
  static readonly allowed: Allowed = { roles: ['caseworker', 'manager', 'partner'] };
  /** Who may open them; partners those of their own agency's referrals. */
  static readonly seen: Allowed = { roles: ['caseworker', 'manager', 'finance', 'auditor', 'partner'] };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: FieldSeal,
  ) {}

  /** @returns the file's number @throws evidence_refused, no_such_application, no_such_referral */
  async add(actor: Actor, of: EvidenceOf, file: FileGiven): Promise<{ evidenceId: string }> {
    mustBeAllowed(actor, KeepEvidence.allowed);
    return this.unitOfWork.run({ name: 'grants.add-evidence', actor }, async (tx) => {
      await mustBeThere(tx, of);
      const { size, type } = { size: file.bytes.length, type: await typeOf(file) };
      const sha256 = createHash('sha256').update(file.bytes).digest();
      const sealed = this.seal.seal(file.bytes, contextOf(actor.authorityId, sha256));
      const name = evidenceName(file.name, type);
      const evidenceId = await insertEvidence(tx, of, { name, mediaType: type, size, sha256, sealed });
      const detail = { ...of, type, size };
      tx.audit({ action: 'grants.evidence-added', subjectKind: 'evidence', subjectId: evidenceId, detail });
      return { evidenceId };
    });
  }

  /** Opens a file; the look is on record. @throws no_such_evidence, also where it is another agency's */
  async open(actor: Actor, id: string): Promise<EvidenceOpened> {
    mustBeAllowed(actor, KeepEvidence.seen);
    return this.unitOfWork.run({ name: 'grants.open-evidence', actor }, async (tx) => {
      const row = await readEvidence(tx, id);
      if (!row) throw noSuchEvidence('No file you may open has that number.');
      const bytes = this.seal.open(row.sealed, contextOf(actor.authorityId, row.sha256));
      const detail = { sha256: row.sha256.toString('hex') };
      tx.audit({ action: 'grants.evidence-opened', subjectKind: 'evidence', subjectId: id, detail });
      return { name: row.name, mediaType: row.mediaType, bytes };
    });
  }
}

async function typeOf({ bytes }: FileGiven): Promise<EvidenceType> {
  const refuse = (reason: string): never => {
    throw evidenceRefused(reason, [{ field: 'file', reason }]);
  };
  if (bytes.length === 0) return refuse('The file is empty.');
  if (bytes.length > EVIDENCE_BYTES) return refuse('The file is larger than 10 MB.');
  return (await evidenceTypeOf(bytes)) ?? refuse('By its content it is no PDF and no photo, whatever its name says.');
}

async function mustBeThere(tx: Transaction, of: EvidenceOf): Promise<void> {
  if ('applicationId' in of) await readApplication(tx, of.applicationId);
  else await readReferral(tx, of.referralId);
}

function contextOf(authorityId: string, sha256: Buffer): string {
  return `evidence:${authorityId}:${sha256.toString('hex')}`;
}
