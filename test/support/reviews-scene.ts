import { NO_INTEREST, shown, WHY_NOT } from './grants-scene.ts';
import type { Client } from './http.ts';
import type { Persona } from './test-council.ts';

/** What a family was told of an application, and its reviews, as far as the tests look. */
export interface ShownAnswers {
  readonly answers: {
    id: string;
    what: string;
    reviewBy: string | null;
    noticeId: string;
    notice: { state: string; facts: Record<string, unknown> };
  }[];
  readonly reviews: { id: string; state: string; dueOn: string; words: string; askedBy: string | null }[];
  readonly reviewable: { id: string } | null;
}

export async function answersOf(client: Client, applicationId: string): Promise<ShownAnswers> {
  const { body } = await client.get('manager', `/grant-applications/${applicationId}/answers`).expect(200);
  return body as ShownAnswers;
}

/** Refuses an application over HTTP, with everything a family is told. */
export async function declined(client: Client, applicationId: string, as: Persona = 'manager'): Promise<void> {
  const { fingerprint } = await shown(client, applicationId);
  const { body } = await client.get(as, '/signposts').expect(200);
  const signposts = (body as { signposts: { id: string }[] }).signposts.slice(0, 2).map(({ id }) => id);
  const decision = { ...NO_INTEREST, outcome: 'declined', fingerprint, ...WHY_NOT, signposts };
  await client.post(as, `/grant-applications/${applicationId}/decision`, decision).expect(200);
}

/** Asks for a review as a worker and passes it on. @returns its number, and what its outcome is decided on */
export async function reviewInHand(
  client: Client,
  applicationId: string,
): Promise<{ reviewId: string; fingerprint: string }> {
  const asked = { words: 'The landlord has now written to us.' };
  const { body } = await client.post('caseworker', `/grant-applications/${applicationId}/reviews`, asked).expect(201);
  const { reviewId } = body as { reviewId: string };
  const note = { note: 'The letter is in the file.' };
  await client.post('caseworker', `/grant-reviews/${reviewId}/pass-on`, note).expect(200);
  const { body: review } = await client.get('manager2', `/grant-reviews/${reviewId}`).expect(200);
  return { reviewId, fingerprint: (review as { fingerprint: string }).fingerprint };
}
