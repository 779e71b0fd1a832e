import {
  BankFiles,
  CancelRun,
  DecideRun,
  HoldLines,
  ReleaseRun,
  type RunFacts,
  runStateNames,
  SubmitRun,
} from '../../payments/index.ts';
import type { Visit } from '../pages/index.ts';
import { runUrl } from './runs.urls.ts';
import { may } from './stage.ts';

/** Where a step stands. */
type Standing = 'later' | 'now' | 'working' | 'done';

/** A step of a run in its task list. */
export interface Step {
  readonly title: string;
  readonly hint: string;
  readonly standing: Standing;
  /** Where this person goes for it, when there is something for them there. */
  readonly href?: string;
}

/** The one thing to do next: by this person, or by whom it waits for. */
export interface Next {
  readonly text: string;
  readonly href?: string;
  readonly button?: string;
}

/** What a person may do to a run beside its steps. */
export interface MayDo {
  readonly hold: boolean;
  readonly price: boolean;
  readonly cancel: boolean;
  readonly download: boolean;
}

type People = Readonly<Record<'proposed' | 'approved' | 'released', string | null>>;

/** Writes a run's task list for one person. */
export function stepsOf(run: RunFacts, people: People, visit: Visit): Step[] {
  const has = (state: RunFacts['state']): boolean =>
    run.state !== 'cancelled' && runStateNames.indexOf(run.state) >= runStateNames.indexOf(state);
  const standing = (isDone: boolean, isNow: boolean, isWorking = false): Standing =>
    isDone ? 'done' : isWorking ? 'working' : isNow ? 'now' : 'later';
  const at = (...states: RunFacts['state'][]): boolean => states.includes(run.state);
  const link = (isOpen: boolean, page: Parameters<typeof runUrl>[1]) => (isOpen ? { href: runUrl(run.id, page) } : {});
  const isReady = has('priced');
  return [
    {
      ...{ title: 'Price', hint: 'Mainstay works out what each family is owed' },
      standing: standing(isReady, at('planned'), at('planned', 'pricing')),
    },
    {
      ...{ title: 'Check', hint: 'Look at what is held and what changed' },
      ...{ standing: standing(has('in_approval'), at('priced')), ...link(isReady, 'lines') },
    },
    {
      ...{
        title: 'Approve',
        hint: approvalHint(people),
        standing: standing(has('approved'), at('priced', 'in_approval')),
      },
      ...link(at('priced') && may(visit, SubmitRun.allowed), 'send'),
      ...link(at('in_approval') && may(visit, DecideRun.allowed), 'approve'),
    },
    {
      ...{
        title: 'Post',
        hint: people.released ? `Posted by ${people.released}` : 'A third person posts it to the ledger',
      },
      standing: standing(has('posted'), at('approved'), at('releasing')),
      ...link(at('approved') && may(visit, ReleaseRun.allowed), 'post'),
    },
    {
      ...{ title: 'Export', hint: 'Mainstay writes the bank file' },
      standing: standing(has('exported'), false, at('posted')),
      ...(has('exported') ? { href: '#file' } : {}),
    },
  ];
}

function approvalHint(people: People): string {
  if (people.approved) return `Sent by ${people.proposed}, approved by ${people.approved}`;
  if (people.proposed) return `Sent by ${people.proposed}; a manager decides`;
  return 'A finance officer sends it; a manager decides';
}

/** Finds the one thing to do next, and whether this person does it. */
export function nextOf(run: RunFacts, visit: Visit): Next {
  const hasPart = [run.proposedBy, run.approvedBy].includes(visit.person.id);
  const nexts: Readonly<Record<RunFacts['state'], Next>> = {
    planned: { text: 'Mainstay prices the run.' },
    pricing: { text: 'Mainstay prices the run.' },
    priced: may(visit, SubmitRun.allowed)
      ? {
          ...{ text: 'Check what is held and what changed. Then send the run for approval.' },
          ...{ href: runUrl(run.id, 'send'), button: 'Send for approval' },
        }
      : { text: 'A finance officer checks the run and sends it for approval.' },
    in_approval: decideNext(run, visit, hasPart),
    approved: postNext(run, visit, hasPart),
    releasing: { text: 'Mainstay posts the run.' },
    posted: { text: 'Mainstay writes the bank file.' },
    exported: may(visit, BankFiles.allowed)
      ? {
          ...{ text: 'Hand the bank file in, and write down the bank’s reference.' },
          ...{ href: '/bank-files', button: 'Go to the bank files' },
        }
      : { text: 'Finance sends the bank file to the bank. Nothing else is to be done.' },
    cancelled: { text: 'Nothing: the run was cancelled.' },
  };
  return nexts[run.state];
}

function decideNext(run: RunFacts, visit: Visit, hasPart: boolean): Next {
  if (!may(visit, DecideRun.allowed)) return { text: 'A manager approves the run or sends it back.' };
  if (hasPart) return { text: 'You sent this run for approval. Another manager decides.' };
  return { text: 'Look at the run and decide.', href: runUrl(run.id, 'approve'), button: 'Decide on this run' };
}

function postNext(run: RunFacts, visit: Visit, hasPart: boolean): Next {
  if (!may(visit, ReleaseRun.allowed)) return { text: 'A releaser, a third person, posts the run.' };
  if (hasPart) return { text: 'You have done another step on this run. Another releaser posts it.' };
  return { text: 'The run is approved. Post it.', href: runUrl(run.id, 'post'), button: 'Post this run' };
}

/** Says what else a person may do to a run as it is now. */
export function mayDoTo(run: RunFacts, visit: Visit): MayDo {
  const at = (...states: RunFacts['state'][]): boolean => states.includes(run.state);
  return {
    hold: at('priced', 'in_approval', 'approved') && may(visit, HoldLines.allowed),
    price: at('priced') && may(visit, SubmitRun.allowed),
    cancel: at('planned', 'pricing', 'priced', 'in_approval', 'approved') && may(visit, CancelRun.allowed),
    download: at('exported') && may(visit, BankFiles.allowed),
  };
}
