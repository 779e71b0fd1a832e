import { defineProblem } from '../../kernel/index.ts';
import { activePeople } from '../../identity/index.ts';
import { type Transaction } from '../../platform/index.ts';

/** Tells whoever assigns a family that the person chosen cannot look after one. */
export const ownerRefused = defineProblem('owner_refused', {
  status: 422,
  title: 'That person cannot look after a family',
  whatToDo: 'Choose somebody who works here as a caseworker or manager.',
});

/** Writes down who looks after a family from now on, and why. @throws owner_refused */
export async function writeAssignment(
  tx: Transaction,
  familyId: string,
  to: { readonly ownerId: string | null; readonly team: string | null; readonly reason: string },
): Promise<void> {
  const people = to.ownerId === null ? [] : await activePeople(tx, ['caseworker', 'manager']);
  if (to.ownerId !== null && !people.some((person) => person.id === to.ownerId))
    throw ownerRefused('Nobody with that number works here as a caseworker or manager.', [
      { field: 'ownerId', reason: 'Choose a caseworker or manager of this council.' },
    ]);
  await tx.query(
    `insert into families.assignment (authority_id, family_id, owner_id, team, reason, assigned_by)
     values ($1, $2, $3, $4, $5, $6)`,
    [tx.actor.authorityId, familyId, to.ownerId, to.team, to.reason, tx.actor.userId],
  );
  await tx.query(`update families.family set owner_id = $2, team = $3, version = version + 1 where id = $1`, [
    ...[familyId, to.ownerId, to.team],
  ]);
}
