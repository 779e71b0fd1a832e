import type { Addresses } from './addresses.ts';

/** Where the pages of this journey are found in the scene. */
export const runsAddresses: Addresses = {};
