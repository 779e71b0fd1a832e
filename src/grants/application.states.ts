import type { Transitions } from '../kernel/index.ts';

/** Every state of an application, in the order it usually goes through them. */
export const applicationStateNames = [
  ...(['draft', 'submitted', 'recommended', 'changes_asked', 'awarded', 'declined', 'withdrawn'] as const),
] as const;
export type ApplicationState = (typeof applicationStateNames)[number];
export type ApplicationCommand =
  'submit' | 'amend' | 'recommend' | 'approve' | 'decline' | 'ask_changes' | 'withdraw' | 'overturn';

/** The life of an application. `amend` is what any change does to one that was put forward: it is a draft again. A refusal is overturned by its review. */
export const applicationStates: Transitions<ApplicationState, ApplicationCommand> = {
  draft: { submit: 'submitted', withdraw: 'withdrawn' },
  submitted: { amend: 'draft', recommend: 'recommended', withdraw: 'withdrawn' },
  recommended: {
    ...{ amend: 'draft', withdraw: 'withdrawn' },
    ...{ approve: 'awarded', decline: 'declined', ask_changes: 'changes_asked' },
  },
  changes_asked: { amend: 'draft', withdraw: 'withdrawn' },
  awarded: {},
  declined: { overturn: 'awarded' },
  withdrawn: {},
};
