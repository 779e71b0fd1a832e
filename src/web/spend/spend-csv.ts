import { divisions, type SpendReport, type SpendTable, type SpendTableRow } from '../../reporting/index.ts';
import { csvRow } from '../../platform/index.ts';

const HEAD = [
  ...[
    'financial_year',
    'from',
    'to',
    'narrowed_to',
    'by',
    'part',
    'payments',
    'households',
    'budget',
    'committed',
    'spent',
  ],
  ...['section_17', 'grants', 'available', 'forecast', 'days_of_support', 'cost_per_household_week'],
];
const FIGURES = 11;
const HIDDEN = 'left out';

/** Writes a report as a file for a spreadsheet: amounts as decimal text, the total last. */
export function spendCsv({ asked, days }: SpendReport, { rows, total }: SpendTable): string {
  const narrowedTo = divisions.flatMap((name) =>
    asked.filter[name] === undefined ? [] : [`${name} ${asked.filter[name]}`],
  );
  const about = [asked.year, days.from, days.to, narrowedTo.join('; '), asked.by];
  return [HEAD, ...[...rows, total].map((row) => [...about, row.name, ...figuresOf(row)])].map(csvRow).join('');
}

function figuresOf({ figures, ofFund }: SpendTableRow): (string | number | null)[] {
  if (!figures) return Array.from({ length: FIGURES }, () => HIDDEN);
  const { payments, households, committed, spent, section17, grants, forecast, householdDays } = figures;
  return [
    ...[payments, households, ofFund?.budget.toString() ?? '', committed.toString(), spent.toString()],
    ...[section17.toString(), grants.toString(), ofFund?.available.toString() ?? '', forecast?.toString() ?? ''],
    ...[householdDays, figures.costPerHouseholdWeek?.toString() ?? ''],
  ];
}
