import { words } from '../pages/formats.ts';

/** What the trail's actions are in plain words, where the action's own words would not do. */
const terms: Readonly<Record<string, string>> = {
  'approvals.waiting-seen': 'Looked at what waits for a decision',
  'audit.searched': 'Searched the audit trail',
  'audit.verification-asked': 'Asked to check the books',
  'calendar.holiday-added': 'Entered a bank holiday',
  'families.bank-details-seen': 'Looked at a change of bank details',
  'families.family-seen': 'Looked at the family',
  'families.history-seen': 'Looked at what happened to the family',
  'families.list-seen': 'Looked at the list of families',
  'families.member-added': 'Added somebody to the family',
  'families.member-left': 'Wrote down that somebody left the family',
  'families.pregnancy-ended': 'Wrote down that a pregnancy ended',
  'identity.account-closed': 'Closed an account',
  'identity.account-opened': 'Opened an account again',
  'identity.account-unlocked': 'Unlocked an account',
  'identity.council-changed': 'Changed the council’s settings',
  'identity.limit-set': 'Set a delegated limit',
  'identity.people-seen': 'Looked at the list of people',
  'identity.person-seen': 'Looked at a person’s account',
  'identity.put-in-team': 'Put a person into a team',
  'identity.roles-changed': 'Changed a person’s roles',
  'identity.sign-in-refused': 'Failed to sign in',
  'identity.signed-in': 'Signed in',
  'identity.signed-in-as': 'Signed in as a persona of the demonstration',
  'identity.signed-out': 'Signed out',
  'identity.user-added': 'Added a person',
  'notices.calendar-feed-looked': 'A calendar asked for a family’s days',
  'notices.family-access-ended': 'Closed a family’s own page to every link',
  'notices.family-access-seen': 'Looked at what opens a family’s own page',
  'notices.family-came': 'A family opened its own page',
  'notices.family-code-given': 'Made a code for a family’s own page',
  'notices.family-left': 'A family left its own page',
  'notices.family-looked': 'A family looked at its own page',
  'notices.family-messages-listed': 'Looked at the messages of families',
  'payments.bank-file-seen': 'Opened a bank file',
  'payments.originator-set': 'Set the paying account',
  'payments.payment-seen': 'Looked at a payment',
  'payments.run-replanned': 'Gave a run new days after a bank holiday',
  'subsistence.calendar-sent': 'Sent a payment calendar',
  'subsistence.plan-seen': 'Looked at a support plan',
  'subsistence.plans-approved': 'Approved support plans',
  'subsistence.promises-brought-forward': 'Brought promised money forward after a bank holiday',
  'subsistence.told-too-late-seen': 'Looked at families told too late of early money',
};

/** Says in plain words what an action of the trail is. */
export function actionTerm(action: string): string {
  return terms[action] ?? words(action.slice(action.indexOf('.') + 1));
}

/** Where a person can look at what an event is about. Nothing where there is no page for it. */
export function subjectAddress(kind: string, id: string): string | undefined {
  const pages: Readonly<Record<string, string>> = {
    ...{ family: '/families/', plan: '/plans/', payment: '/payments/', run: '/runs/' },
    ...{ user: '/administration/people/', 'rate-proposal': '/administration/rates/proposals/' },
    'limit-proposal': '/administration/limits/proposals/',
  };
  const page = pages[kind];
  return page && id ? `${page}${id}` : undefined;
}

/** Writes what was noted with an event as facts by name: `payDate` becomes `Pay date`, a list its members. */
export function detailsOf(detail: Readonly<Record<string, unknown>>): { key: string; text: string }[] {
  return Object.entries(detail).map(([name, value]) => ({ key: words(inWords(name)), text: written(value) }));
}

function inWords(name: string): string {
  return name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
}

function written(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return value.map(written).join(', ') || 'None';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const parts = Object.entries(value).map(([name, part]) => `${inWords(name)} ${written(part)}`);
  return parts.join(', ');
}
