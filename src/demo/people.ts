import type { Actor } from '../kernel/index.ts';
import { type DemoCouncil, personas } from './council.ts';

/** Gives one of the demo council's people, to act in this process. */
export function actorOf(council: DemoCouncil, role: (typeof personas)[number]['role']): Actor {
  const persona = personas.find((each) => each.role === role);
  const userId = council.userIds.get(persona?.email ?? '');
  return { authorityId: council.authorityId, userId, roles: [role], channel: 'cli' };
}

/** Gives those who look after families and their money. */
export function peopleOf(council: DemoCouncil) {
  return {
    ...{ caseworker: actorOf(council, 'caseworker'), finance: actorOf(council, 'finance') },
    manager: actorOf(council, 'manager'),
  };
}
