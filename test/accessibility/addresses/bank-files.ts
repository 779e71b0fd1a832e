import type { PageScene } from '../../support/page-scene.ts';
import type { Addresses } from './addresses.ts';

type File = 'acceptedFile' | 'unknownFile' | 'rejectedFile';
const file =
  (which: File) =>
  (scene: PageScene): string =>
    `/bank-files/${scene[which]}`;

/** Where the pages of this journey are found in the scene. */
export const bankFilesAddresses: Addresses = {
  '/bank-files': [
    { as: 'finance', at: '/bank-files' },
    { as: 'auditor', at: '/bank-files?state=settled' },
  ],
  '/bank-files/:id': [
    { as: 'finance', at: file('unknownFile') },
    { as: 'releaser', at: file('rejectedFile') },
    { as: 'auditor', at: file('acceptedFile') },
  ],
  '/bank-reports/new': [{ as: 'finance', at: '/bank-reports/new' }],
  '/bank-reports/exceptions': [
    { as: 'finance', at: '/bank-reports/exceptions' },
    { as: 'auditor', at: '/bank-reports/exceptions' },
  ],
  '/returns': [
    { as: 'caseworker', at: '/returns' },
    { as: 'finance', at: '/returns?state=all' },
    { as: 'caseworker', at: '/returns?whose=mine' },
  ],
  '/returns/:id': [
    { as: 'finance', at: ({ returned }) => `/returns/${returned}` },
    { as: 'manager', at: ({ returned }) => `/returns/${returned}` },
  ],
};
