import { familyByReference } from '../../families/index.ts';
import { isPlainDate } from '../../kernel/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import {
  type MoveAsked,
  type MovedFamily,
  MovePreviews,
  planGlances,
  ProposePayDayMove,
} from '../../subsistence/index.ts';
import { type CliAnswer, type CliCommand, type Given, UsageError } from '../command.ts';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const REASON = 'We are changing the day your payment comes.';

/** Moves one family’s pay day, or shows what that would do. */
export const changePayDay: CliCommand = {
  ...{ name: 'change-pay-day', words: 0 },
  usage: '--family REF --to tuesday --from DATE [--reason TEXT] [--dry-run] [--token T | --council C] [--json]',
  summary: 'Proposes to move a family’s pay day. It moves only once the family was told in time.',
  details: [
    'DATE is the first day that may change, such as 2026-12-07. TEXT is told to the family.',
    'With a token its person proposes it; without one the operator does, and a manager decides either way.',
    'With --dry-run nothing is proposed and nobody is told: the answer says what would happen, and why it would not.',
  ],
  options: {
    ...{ family: { type: 'string' }, to: { type: 'string' }, from: { type: 'string' }, reason: { type: 'string' } },
    ...{ 'dry-run': { type: 'boolean' }, council: { type: 'string' }, token: { type: 'string' } },
  },
  async run(given: Given): Promise<CliAnswer> {
    const asked = askedIn(given);
    const reference = given.needed('family');
    const house = await given.house();
    const hasToken = given.text('token') !== undefined || Boolean(process.env.MAINSTAY_TOKEN);
    const actor = hasToken ? await given.person() : await given.operator();
    const { planId, family } = await house.get(UnitOfWork).read(actor, async (tx) => {
      const familyId = await familyByReference(tx, reference);
      const plan = (await planGlances(tx, [familyId])).get(familyId);
      if (!plan) throw new UsageError(`Family ${reference} has no support plan.`);
      const [found] = await house.get(MovePreviews).of(tx, [plan.planId], asked);
      return { planId: plan.planId, family: found };
    });
    if (given.values['dry-run'] === true) return { answer: answerOf(family, null) };
    const { moveId } = await house.get(ProposePayDayMove).run(actor, [planId], asked);
    return { answer: answerOf(family, moveId) };
  },
};

function askedIn(given: Given): MoveAsked {
  const to = given.needed('to');
  const payDay = DAYS.indexOf(to.toLowerCase()) + 1;
  if (payDay === 0) throw new UsageError(`--to must be one of: ${DAYS.join(', ')}.`);
  const from = given.needed('from');
  if (!isPlainDate(from)) throw new UsageError(`"${from}" is not a day, such as 2026-12-07.`);
  return { payDay, frequencyDays: null, from, reason: given.text('reason') ?? REASON, urgent: null };
}

function answerOf(family: MovedFamily | undefined, moveId: string | null) {
  const { facts = null, earliest = null, told = null, keeps = null, neededBy = null } = family ?? {};
  return {
    ...{ family: family?.family ?? null, oldDate: facts?.oldDate ?? null, newDate: facts?.newDate ?? null },
    ...{ lastsUntil: facts?.payment.lastsUntil ?? null, bridging: facts?.bridging?.amount ?? null },
    ...{ earliest, told, neededBy, keeps, moveId },
  };
}
