import type { NewSignpost } from './signpost.ts';

/**
 * Gives a new council's administrator a list to start from: organisations for the whole of England.
 * The council checks each before families are sent there, and adds who helps where its families live. They were not
 * looked up again for this release.
 */
export const signpostDefaults: readonly NewSignpost[] = [
  {
    ...{ name: 'Citizens Advice', does: 'Free advice about money, housing and your rights', area: '' },
    ...{ phone: '0800 144 8848', web: 'https://www.citizensadvice.org.uk', needs: ['any'] },
  },
  {
    ...{ name: 'Project 17', does: 'Advice for families with no recourse to public funds', area: '' },
    ...{ phone: null, web: 'https://www.project17.org.uk', needs: ['any'] },
  },
  {
    ...{ name: 'Shelter', does: 'Help when you may lose your home', area: '' },
    ...{ phone: '0808 800 4444', web: 'https://england.shelter.org.uk', needs: ['housing'] },
  },
  {
    ...{ name: 'Trussell', does: 'Finds a food bank near you', area: '' },
    ...{ phone: null, web: 'https://www.trussell.org.uk', needs: ['food', 'baby'] },
  },
];
