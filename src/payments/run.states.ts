import type { Transitions } from '../kernel/index.ts';

/** Every state of a run, in the order a run goes through them. */
export const runStateNames = [
  ...(['planned', 'pricing', 'priced', 'in_approval', 'approved', 'releasing', 'posted', 'exported'] as const),
  'cancelled',
] as const;
export type RunState = (typeof runStateNames)[number];

export type RunCommand =
  'price' | 'finish_pricing' | 'submit' | 'approve' | 'send_back' | 'amend' | 'release' | 'post' | 'export' | 'cancel';

/**
 * The life of a run on one screen. `amend` is what holding or releasing a line does to a run that was sent for approval:
 * the approval is void. After `release` there is no way back: corrections are new entries.
 */
export const runStates: Transitions<RunState, RunCommand> = {
  planned: { price: 'pricing', cancel: 'cancelled' },
  pricing: { finish_pricing: 'priced', cancel: 'cancelled' },
  priced: { price: 'pricing', submit: 'in_approval', cancel: 'cancelled' },
  in_approval: { approve: 'approved', send_back: 'priced', amend: 'priced', cancel: 'cancelled' },
  approved: { release: 'releasing', amend: 'priced', cancel: 'cancelled' },
  releasing: { post: 'posted' },
  posted: { export: 'exported' },
  exported: {},
  cancelled: {},
};
