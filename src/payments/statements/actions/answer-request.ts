import { alreadyDecided, decide, openRequests } from '../../../approvals/index.ts';
import type { Answer, LimitKind } from '../../../identity/index.ts';
import type { Transaction } from '../../../platform/index.ts';

/** What came of an answer: `signed` while another person's signature is needed, and nothing has changed yet. */
export type Answered = Answer['outcome'] | 'signed';

/**
 * Puts a second person's answer on the request behind a proposal of two people, within their limit and on what it says now.
 * @throws already_decided, changed_since_seen, own_proposal, above_delegated_limit, no_delegated_limit, approvals_closed
 */
export async function answerRequest(
  tx: Transaction,
  about: { readonly kind: LimitKind; readonly subjectId: string; readonly fingerprint: Buffer },
  { outcome, reason }: Answer,
): Promise<Answered> {
  const { kind, subjectId, fingerprint } = about;
  const [request] = await openRequests(tx, kind, [subjectId]);
  if (!request) throw alreadyDecided('Nothing about this waits for a decision.');
  const said = outcome === 'approved' ? 'approved' : 'declined';
  const taken = await decide(tx, { kind, requestId: request.id, outcome: said, reason, fingerprint });
  return taken === 'signed' ? 'signed' : outcome;
}
