import type { Response } from 'express';

/** Hands an opened file over to be saved, never to be shown: whatever it holds, no browser runs it on a page of ours. */
export function sendEvidence(
  response: Response,
  file: { readonly name: string; readonly mediaType: string; readonly bytes: Buffer },
): void {
  response
    .set('Cache-Control', 'no-store')
    .set('X-Content-Type-Options', 'nosniff')
    .set('Content-Security-Policy', "default-src 'none'; sandbox")
    .attachment(file.name)
    .type(file.mediaType)
    .send(file.bytes);
}
