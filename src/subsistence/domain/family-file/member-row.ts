import { Money, type PlainDate, birthday, daysBetween } from '../../../kernel/index.ts';
import type { FamilyTerms } from './family-terms.ts';
import type { MemberInFile, Relationship, TopUpInFile } from './family-in-file.ts';
import type { RowCells } from './row-cells.ts';

/** Ten months, at their longest: no pregnancy known today ends later. */
const mostDaysToDueDate = 306;
const youngestPregnantYears = 10;

type Days = { born?: PlainDate; due?: PlainDate; joinedOn?: PlainDate; leftOn?: PlainDate };

/**
 * Reads the member a caseworker wrote on one row, and reports what cannot be right about them.
 *
 * Gives nothing when the name or the relationship cannot be read.
 */
export function readMember(row: RowCells, terms: FamilyTerms): MemberInFile | undefined {
  const name = row.required('member_name');
  const born = row.date('date_of_birth');
  const due = row.date('due_date');
  const relationship = row.required('relationship') as Relationship | undefined;
  const joinedOn = row.date('joined_on');
  const leftOn = row.date('left_on');
  const topUp = readTopUp(row);
  checkBirth(row, relationship, born);
  checkPregnancy(row, { born, due });
  checkStay(row, terms, { born, joinedOn, leftOn });
  if (!name || !relationship) return undefined;
  const days = { ...(born && { born }), ...(due && { due }) };
  const stay = { ...(joinedOn && { joinedOn }), ...(leftOn && { leftOn }) };
  return { line: row.line, name, ...days, relationship, ...stay, ...(topUp && { topUp }) };
}

function checkBirth(row: RowCells, relationship: Relationship | undefined, born: PlainDate | undefined): void {
  if (born && born > row.today) {
    const whatToDo = 'Check the date. For a baby not yet born, write its due_date instead.';
    row.refuse('date_of_birth', `${born} is in the future.`, whatToDo);
  }
  const blank = row.text('date_of_birth') === '';
  if (relationship === 'child' && blank && row.text('due_date') === '') {
    const whatToDo = 'Write the date of birth: what a child is owed depends on it.';
    row.refuse('date_of_birth', 'A child has no date of birth.', whatToDo);
  }
}

function checkPregnancy(row: RowCells, { born, due }: Days): void {
  if (!due) return;
  if (daysBetween(row.today, due) > mostDaysToDueDate) {
    row.refuse('due_date', `${due} is more than ten months ahead.`, 'Check the date.');
  }
  if (born && born <= row.today && due < birthday(born, youngestPregnantYears)) {
    const whatToDo = "A due_date belongs on the pregnant member's row: move it, or delete it when the baby is born.";
    row.refuse('due_date', `This member is under ${youngestPregnantYears} on the due date ${due}.`, whatToDo);
  }
}

function checkStay(row: RowCells, terms: FamilyTerms, { born, joinedOn, leftOn }: Days): void {
  const from = terms.date('support_from');
  const to = terms.date('support_to');
  if (joinedOn && to && joinedOn >= to) {
    const whatToDo = 'Check both dates; delete the row when the member never counted.';
    row.refuse('joined_on', `${joinedOn} is not before support ends on ${to}.`, whatToDo);
  }
  if (joinedOn && born && joinedOn < born) {
    row.refuse(
      'joined_on',
      `${joinedOn} is before the date of birth ${born}.`,
      'Write the date of birth or a later day.',
    );
  }
  if (leftOn && born && leftOn <= born) {
    row.refuse('left_on', `${leftOn} is not after the date of birth ${born}.`, 'Check both dates.');
  }
  const starts = joinedOn ?? (row.text('joined_on') === '' ? from : undefined);
  if (leftOn && starts && leftOn <= starts) {
    const start = joinedOn ? 'joining' : 'the first day of support';
    const whatToDo = 'Check the dates; delete the row when the member never counted.';
    row.refuse('left_on', `${leftOn} is not after ${start} on ${starts}.`, whatToDo);
  }
}

function readTopUp(row: RowCells): TopUpInFile | undefined {
  const weekly = row.value('weekly_top_up');
  const reason = row.value('top_up_reason');
  const hasTopUp = row.text('weekly_top_up') !== '';
  const hasReason = row.text('top_up_reason') !== '';
  if (hasTopUp && !hasReason) {
    const whatToDo = 'Write why this member needs it: the family reads the reason in letters.';
    row.refuse('top_up_reason', 'There is a weekly_top_up and no reason.', whatToDo);
  }
  if (hasReason && !hasTopUp) {
    const whatToDo = 'Write the weekly_top_up, or delete the reason.';
    row.refuse('weekly_top_up', 'There is a top_up_reason and no top-up.', whatToDo);
  }
  return weekly && reason ? { weekly: Money.gbp(weekly), reason } : undefined;
}
