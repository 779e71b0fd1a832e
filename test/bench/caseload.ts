import { makeFamilies } from '../../src/demo/families.ts';
import { addDays, nextPayDay, type PlainDate } from '../../src/kernel/index.ts';

const SEED = 1;

/**
 * Makes the demonstration's families, so changed that each of them is paid in every weekly run: weekly, with an account,
 * and paid up to the first pay date of the bench.
 */
export function weeklyCaseload(families: number, today: PlainDate, firstPayDate: PlainDate): Buffer {
  // The file is made around the Thursday before: in it, nobody is born after today.
  const aroundDay = addDays(nextPayDay(today, 'thursday'), -7);
  const [header = '', ...rows] = makeFamilies(families, SEED, aroundDay, 'thursday').trimEnd().split('\r\n');
  const names = header.split(',');
  const changed = rows.map((row, line) => weeklyRow(names, row.split(','), line, firstPayDate));
  return Buffer.from(`${[header, ...changed].join('\r\n')}\r\n`);
}

function weeklyRow(names: readonly string[], cells: string[], line: number, paidUpTo: PlainDate): string {
  if (cells.length !== names.length) throw new Error('the made-up families are not as plain as the bench takes them');
  const place = (name: string): number => names.indexOf(name);
  if (cells[place('relationship')] === 'lead') {
    cells[place('frequency')] = 'weekly';
    cells[place('paid_up_to')] = paidUpTo;
    cells[place('sort_code')] ||= '000014';
    cells[place('account_number')] ||= String(10_000_000 + line);
    cells[place('account_name')] ||= cells[place('member_name')] ?? '';
  }
  return cells.join(',');
}
