import type { Addresses } from './addresses.ts';
import type { PageScene } from '../../support/page-scene.ts';

const question =
  (step: string) =>
  ({ movingFamily }: PageScene) =>
    `/families/${movingFamily}/move-home/${step}`;

/** Where the pages of moves to another home are found in the scene. */
export const movesHomeAddresses: Addresses = {
  '/families/:id/move-home/:step': ['when', 'address', 'travel'].map((step) => ({
    ...{ as: 'caseworker', at: question(step) },
  })),
  '/families/:id/move-home/check': [{ as: 'caseworker', at: question('check') }],
  '/moves-home/:id': [
    { as: 'manager', at: ({ urgentMoveHome }) => `/moves-home/${urgentMoveHome}` },
    { as: 'caseworker', at: ({ urgentMoveHome }) => `/moves-home/${urgentMoveHome}` },
  ],
};
