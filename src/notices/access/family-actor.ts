import type { Actor } from '../../kernel/index.ts';

/** A family on its own page: nobody of the council acts. */
export function familyActor(authorityId: string): Actor {
  return { authorityId, roles: [], channel: 'page' };
}
