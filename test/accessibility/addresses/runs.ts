import type { PageScene } from '../../support/page-scene.ts';
import type { Addresses } from './addresses.ts';

const priced =
  (page = '') =>
  ({ pricedRun }: PageScene) =>
    `/runs/${pricedRun}${page}`;
const exported =
  (page = '') =>
  ({ exportedRun }: PageScene) =>
    `/runs/${exportedRun}${page}`;

/** Where the pages of this journey are found in the scene. */
export const runsAddresses: Addresses = {
  '/calendar': [
    { as: 'finance', at: '/calendar' },
    { as: 'auditor', at: '/calendar' },
  ],
  '/runs': [
    { as: 'finance', at: '/runs' },
    { as: 'auditor', at: '/runs?state=approved' },
  ],
  '/runs/new': [{ as: 'finance', at: '/runs/new?date=2026-12-17' }],
  '/runs/new/check': [{ as: 'finance', at: '/runs/new/check?date=2026-12-17' }],
  '/runs/:id': [
    { as: 'finance', at: priced() },
    { as: 'releaser', at: exported() },
    { as: 'manager', at: priced() },
  ],
  '/runs/:id/lines': [
    { as: 'finance', at: priced('/lines') },
    { as: 'auditor', at: priced('/lines?status=held&sort=amount') },
    { as: 'manager', at: priced('/lines?reference=nobody') },
  ],
  '/runs/:id/changes': [
    { as: 'finance', at: priced('/changes') },
    { as: 'auditor', at: exported('/changes?kind=more') },
  ],
  '/runs/:id/price': [{ as: 'finance', at: priced('/price') }],
  '/runs/:id/send': [{ as: 'finance', at: priced('/send') }],
  '/runs/:id/approve': [{ as: 'manager', at: priced('/approve') }],
  '/runs/:id/post': [{ as: 'releaser', at: priced('/post') }],
  '/runs/:id/cancel': [{ as: 'finance', at: priced('/cancel') }],
  // Without ticked payments these lead back to the list; the journey of runs looks at them filled in.
  '/runs/:id/holds': [{ as: 'finance', at: priced('/holds') }],
  '/runs/:id/holds/check': [{ as: 'finance', at: priced('/holds/check') }],
};
