import { z } from 'zod';
import { checkedPlace } from '../../../families/index.ts';
import { defineProblem, type PlainDate } from '../../../kernel/index.ts';
import { faultsOfMoveHome, type MoveHomeAllowed, type MoveHomeAsked, travelAnswers } from '../../../notices/index.ts';
import { inputRefused, words } from '../../../platform/index.ts';
import { type Form, read } from '../../pages/index.ts';
import { dayOf } from '../../plans/answers-read.ts';
import { readUrgent } from '../../plans/change/change-questions.ts';

const noSuchQuestion = defineProblem('no_such_question_of_a_move', {
  status: 404,
  title: 'Nothing is asked about a move at this address',
  whatToDo: 'Go back to the family and begin again.',
});

/** The questions about a move, in the order they are asked. */
export const moveHomeSteps = ['when', 'address', 'travel'] as const;
/** One of the questions about a move. */
export type MoveHomeStep = (typeof moveHomeSteps)[number];

/** What was answered so far: as read, and as typed, so that a form comes back as it was. */
export interface MoveHomeDraft {
  readonly asked: Partial<MoveHomeAsked>;
  readonly forms: Readonly<Partial<Record<MoveHomeStep, Form>>>;
}

const when = z.object({ reason: words(500) });
const address = z.object({
  ...{ line1: words(100), line2: words(100).nullable().default(null), town: words(100), postcode: words(10) },
});
const travel = z.object({
  travel: z.enum(travelAnswers, 'Say whether the family has money to travel.'),
  travelSays: words(500).nullable().default(null),
});

/** Says whether an address names a question about a move. @throws no_such_question_of_a_move */
export function moveHomeStep(text: string): MoveHomeStep {
  const step = moveHomeSteps.find((each) => each === text);
  if (!step) throw noSuchQuestion('There is no such question.');
  return step;
}

/** Reads the answer to one question about a move. @throws input_refused, family_details_refused */
export function readMoveHome(
  step: MoveHomeStep,
  form: Form,
  today: PlainDate,
  { earliest }: MoveHomeAllowed,
): Partial<MoveHomeAsked> {
  if (step === 'when') return readWhen(form, today, earliest);
  return step === 'address' ? readAddress(form) : readTravel(form);
}

function readWhen(form: Form, today: PlainDate, earliest: PlainDate): Partial<MoveHomeAsked> {
  const movesOn = dayOf(form, 'movesOn', 'Enter the day the family moves.');
  const answer = { movesOn, ...read(when, form), urgent: readUrgent(form) };
  const faults = faultsOfMoveHome({ ...answer, ...NOWHERE }, today, earliest);
  if (faults.length > 0) throw inputRefused('The day needs another look.', faults);
  return answer;
}

function readAddress(form: Form): Partial<MoveHomeAsked> {
  const { postcode, ...lines } = read(address, form);
  const place = checkedPlace({ ...lines, postcode, ward: null });
  return { ...lines, postcode: place.postcode ?? postcode };
}

function readTravel(form: Form): Partial<MoveHomeAsked> {
  const answer = read(travel, form);
  if (answer.travel === 'has-money') return { ...answer, travelSays: null };
  if (answer.travelSays) return answer;
  const reason = answer.travel === 'arranged' ? 'Say what was arranged.' : 'Say why no money is needed to travel.';
  throw inputRefused('One answer needs another look.', [{ field: 'travelSays', reason }]);
}

/** Stands for the answers that are asked later. */
const NOWHERE: Pick<MoveHomeAsked, 'line1' | 'line2' | 'town' | 'postcode' | 'travel' | 'travelSays'> = {
  ...{ line1: '', line2: null, town: '', postcode: '' },
  ...{ travel: 'has-money', travelSays: null },
};

/** Gives everything that was answered, or the first question that was not. */
export function wholeMoveHome({ asked }: MoveHomeDraft): MoveHomeAsked | MoveHomeStep {
  if (!asked.movesOn) return 'when';
  if (!asked.line1) return 'address';
  return asked.travel ? (asked as MoveHomeAsked) : 'travel';
}
