import type { FamilyInFile, MemberInFile } from '../../src/subsistence/domain/family-file/family-in-file.ts';
import { type ColumnName, familyFileColumns } from '../../src/subsistence/domain/family-file/family-file-columns.ts';

export type RowOfFamilyFile = Partial<Record<ColumnName, string>>;

export const allColumns: readonly ColumnName[] = familyFileColumns.map((column) => column.name);

export interface HowWritten {
  readonly columns?: readonly string[];
  readonly lineEnd?: '\n' | '\r\n' | '\r';
  readonly mark?: boolean;
  readonly lastLineEnd?: boolean;
  /** Puts every cell in quotes, not only those that need it. */
  readonly quoteAll?: boolean;
}

/** Writes rows as a family file, for tests that say what each cell holds. */
export function familyFileOf(rows: readonly RowOfFamilyFile[], how: HowWritten = {}): Uint8Array {
  const columns = how.columns ?? allColumns;
  const lines = rows.map((row) =>
    columns.map((column) => cell(row[column as ColumnName] ?? '', how.quoteAll)).join(','),
  );
  const lineEnd = how.lineEnd ?? '\n';
  const text = [columns.join(','), ...lines].join(lineEnd) + (how.lastLineEnd === false ? '' : lineEnd);
  return Buffer.from((how.mark ? '\ufeff' : '') + text);
}

/** Writes families as rows; `repeat` says again on every row what is said for the family. */
export function rowsOf(families: readonly FamilyInFile[], repeat = false): RowOfFamilyFile[] {
  return families.flatMap((family) =>
    family.members.map((member, index) => ({
      family_reference: family.reference,
      ...memberCells(member),
      ...(index === 0 || repeat ? familyCells(family) : {}),
    })),
  );
}

function memberCells(member: MemberInFile): RowOfFamilyFile {
  return {
    member_name: member.name,
    date_of_birth: member.born ?? '',
    due_date: member.due ?? '',
    relationship: member.relationship,
    joined_on: member.joinedOn ?? '',
    left_on: member.leftOn ?? '',
    weekly_top_up: member.topUp?.weekly.toString() ?? '',
    top_up_reason: member.topUp?.reason ?? '',
  };
}

function familyCells(family: FamilyInFile): RowOfFamilyFile {
  return {
    standard: family.standard,
    frequency: family.frequency,
    pay_day: family.payDay,
    support_from: family.support.from,
    support_to: family.support.to ?? '',
    paid_up_to: family.paidUpTo,
    fund: family.fund ?? '',
    team: family.team ?? '',
    ward: family.ward ?? '',
    language: family.language,
    contact: family.contact,
    safe_channels: family.safeChannels ? family.safeChannels.join(' ') || 'none' : '',
    safe_checked_on: family.safeCheckedOn ?? '',
    reads: family.reads ?? '',
    mobile: family.mobile ?? '',
    email: family.email ?? '',
    address_line_1: family.address?.lines[0] ?? '',
    address_line_2: family.address?.lines[1] ?? '',
    town: family.address?.town ?? '',
    postcode: family.address?.postcode ?? '',
    sort_code: family.bank?.sortCode ?? '',
    account_number: family.bank?.accountNumber ?? '',
    account_name: family.bank?.accountName ?? '',
  };
}

function cell(text: string, quoteAll = false): string {
  return quoteAll || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
