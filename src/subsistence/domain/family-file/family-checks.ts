import { placeFaults } from '../../../families/index.ts';
import { daysBetween, later } from '../../../kernel/index.ts';
import { waysIn } from './cells/ways-cell.ts';
import type { ColumnName } from './family-file-columns.ts';
import type { FamilyTerms } from './family-terms.ts';
import type { RowCells } from './row-cells.ts';

const mostDaysPaidAhead = 366;

/** Checks what a caseworker says for a family on its first row: days in order, all of the bank or none. */
export function checkTerms(row: RowCells, terms: FamilyTerms): void {
  checkSupportDays(row, terms);
  checkBankIsWhole(row, terms);
  checkSafeWays(row, terms);
  checkLettersArrive(row, terms);
}

function checkSupportDays(row: RowCells, terms: FamilyTerms): void {
  const from = terms.date('support_from');
  const to = terms.date('support_to');
  const paid = terms.isWritten('paid_up_to') ? terms.date('paid_up_to') : undefined;
  if (from && to && to <= from) {
    row.refuse('support_to', `Support ends on ${to}, not after it starts on ${from}.`, 'Check both dates.');
  }
  if (from && paid && paid < from) {
    const whatToDo = 'Write the first day not yet paid; when nothing is paid, leave it blank.';
    row.refuse('paid_up_to', `${paid} is before support starts on ${from}.`, whatToDo);
  }
  if (to && paid && paid > to) {
    const whatToDo = `Write the first day not yet paid, at most ${to}; record money paid beyond it as an overpayment.`;
    row.refuse('paid_up_to', `${paid} is after support ends on ${to}.`, whatToDo);
  }
  // A slip of the year here would leave a family without money until then, and nobody would see it.
  if (paid && daysBetween(later(row.today, from ?? row.today), paid) > mostDaysPaidAhead) {
    row.refuse(
      'paid_up_to',
      `${paid} is more than a year ahead: the family would get nothing until then.`,
      'Check the year.',
    );
  }
}

function checkBankIsWhole(row: RowCells, terms: FamilyTerms): void {
  const needed: readonly ColumnName[] = ['sort_code', 'account_number', 'account_name'];
  const written = needed.filter((column) => terms.isWritten(column));
  if (written.length === 0) return;
  for (const column of needed) {
    if (terms.isWritten(column)) continue;
    const reason = `${column} is blank, but there is ${written.join(', ')}: the bank details cannot be used.`;
    row.refuse(column, reason, `Fill in ${needed.join(', ')} together, or leave all of them blank.`);
  }
}

const needs = { sms: ['mobile'], email: ['email'], letter: ['address_line_1', 'town', 'postcode'], call: [] } as const;

/** A way that is said to be safe has somewhere to go; nothing is sent to a family that must not be contacted. */
function checkSafeWays(row: RowCells, terms: FamilyTerms): void {
  const asked = terms.date('safe_checked_on');
  if (asked && asked > row.today)
    row.refuse('safe_checked_on', `${asked} is in the future.`, 'Write the day somebody asked, or leave it blank.');
  const written = terms.get('safe_channels');
  if (written === undefined) return;
  const ways = waysIn(written);
  if (terms.get('contact') === 'no' && ways.some((way) => way !== 'call'))
    row.refuse(
      'safe_channels',
      'Nothing is sent to a family whose contact is no.',
      'Write call, none or another contact.',
    );
  if (terms.get('contact') !== 'no' && ways.length === 0)
    row.refuse(
      'safe_channels',
      'No way is safe, but contact is not no.',
      'Write a way that is safe, or no as contact.',
    );
  for (const way of ways) {
    const missing = needs[way].filter((column) => !terms.isWritten(column));
    if (missing.length === 0) continue;
    const whatToDo = `Fill in ${missing.join(', ')}, or leave ${way} out.`;
    row.refuse('safe_channels', `${way} is safe, but ${missing.join(', ')} is blank.`, whatToDo);
  }
}

const ADDRESS_COLUMNS = {
  line1: 'address_line_1',
  line2: 'address_line_2',
  town: 'town',
  postcode: 'postcode',
} as const;

/** An address no letter can go to is better left out. One that lacks a part is kept: nothing is sent to it. */
function checkLettersArrive(row: RowCells, terms: FamilyTerms): void {
  const [line1, line2, town, postcode] = Object.values(ADDRESS_COLUMNS).map((column) => terms.get(column) ?? null);
  for (const { code, field, reason } of placeFaults({ line1, line2, town, postcode } as Parameters<
    typeof placeFaults
  >[0])) {
    if (code === 'not-enough-address-lines') continue;
    row.refuse(ADDRESS_COLUMNS[field], reason, 'Write an address letters reach, or leave all of it blank.');
  }
}
