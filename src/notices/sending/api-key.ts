import type { FieldSeal } from '../../platform/index.ts';

/** Seals a council's key of GOV.UK Notify to the council, for whoever sets it up. */
export function sealedApiKey(seal: FieldSeal, authorityId: string, apiKey: string): Buffer {
  return seal.seal(apiKey, contextOf(authorityId));
}

/** Opens it, for whoever sends. */
export function apiKeyOf(seal: FieldSeal, authorityId: string, sealed: Buffer): string {
  return seal.open(sealed, contextOf(authorityId)).toString('utf8');
}

function contextOf(authorityId: string): string {
  return `notify ${authorityId}`;
}
