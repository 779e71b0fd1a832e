import type { PayDay } from '../../../kernel/index.ts';
import { waysIn } from './cells/ways-cell.ts';
import { checkTerms } from './family-checks.ts';
import {
  type ContactAnswer,
  type FamilyInFile,
  type Frequency,
  type MemberInFile,
  type Relationship,
  type Standard,
  relationships,
} from './family-in-file.ts';
import { FamilyTerms } from './family-terms.ts';
import { readMember } from './member-row.ts';
import type { RowCells } from './row-cells.ts';

/** Gathers the rows of one family until another begins, and reports what is wrong with the caseworker's family. */
export class OpenFamily {
  readonly #terms: FamilyTerms;
  readonly #members: MemberInFile[] = [];
  readonly #lastByPerson = new Map<string, MemberInFile>();
  #allRelationshipsKnown = true;
  #leadLine = 0;

  /** @param whole false when rows of this family may be missing: what is not there is then no problem of its own */
  constructor(
    readonly key: string,
    private readonly first: RowCells,
    public whole: boolean,
  ) {
    this.#terms = FamilyTerms.read(first, whole);
    checkTerms(first, this.#terms);
    this.#addMember(first);
  }

  get line(): number {
    return this.first.line;
  }

  /** Takes the next row of the same family. */
  add(row: RowCells): void {
    const reference = row.text('family_reference');
    if (reference !== '' && reference !== this.first.text('family_reference')) {
      const whatToDo = `Write the reference as on line ${this.line}, with the same capital letters.`;
      row.refuse('family_reference', `The reference is written differently on line ${this.line}.`, whatToDo);
    }
    this.#terms.checkRepeatedOn(row, this.whole);
    this.#addMember(row);
  }

  /** Ends the family: it has to have had a lead. */
  close(): void {
    if (this.#leadLine > 0 || !this.whole || !this.#allRelationshipsKnown) return;
    const whatToDo = 'Write lead on the row of the adult the council deals with.';
    this.first.refuse('relationship', 'No member of this family is its lead.', whatToDo);
  }

  /** Gives the family, when the file has no problem. */
  family(): FamilyInFile | undefined {
    const terms = this.#terms;
    const [payDay, from, paidUpTo] = [terms.get('pay_day'), terms.date('support_from'), terms.date('paid_up_to')];
    if (!payDay || !from || !paidUpTo) return undefined;
    return {
      reference: this.first.text('family_reference'),
      line: this.line,
      standard: terms.get('standard') as Standard,
      frequency: terms.get('frequency') as Frequency,
      payDay: payDay as PayDay,
      support: { from, to: terms.date('support_to') ?? null },
      paidUpTo,
      ...this.#filled('fund', 'team', 'ward'),
      language: terms.get('language') ?? 'en',
      contact: terms.get('contact') as ContactAnswer,
      ...this.#filled('mobile', 'email', 'reads'),
      ...this.#safety(),
      ...this.#address(),
      ...this.#bank(),
      members: this.#members,
    };
  }

  #addMember(row: RowCells): void {
    const member = readMember(row, this.#terms);
    const relationship = row.text('relationship').toLowerCase() as Relationship;
    if (!relationships.includes(relationship)) this.#allRelationshipsKnown = false;
    if (relationship === 'lead') this.#checkOnlyLead(row);
    if (!member) return;
    this.#checkNotTwice(row, member);
    this.#members.push(member);
  }

  #checkOnlyLead(row: RowCells): void {
    if (this.#leadLine === 0) this.#leadLine = row.line;
    else {
      const whatToDo = 'Leave one lead; write partner, child or other for the rest.';
      row.refuse('relationship', `The family has a lead already, on line ${this.#leadLine}.`, whatToDo);
    }
  }

  /** The same person may stand on two rows only for two stays: otherwise they would be paid for twice. */
  #checkNotTwice(row: RowCells, member: MemberInFile): void {
    const person = `${member.name.toLowerCase()}|${member.born ?? ''}|${member.relationship}`;
    const before = this.#lastByPerson.get(person);
    this.#lastByPerson.set(person, member);
    if (!before || isApart(before, member) || isApart(member, before)) return;
    const whatToDo = `Delete one of the rows; for two people, make the names differ; for two stays, write their dates.`;
    row.refuse('member_name', `The same member is on line ${before.line}, for the same days.`, whatToDo);
  }

  #filled<Column extends 'fund' | 'team' | 'ward' | 'mobile' | 'email' | 'reads'>(
    ...columns: Column[]
  ): { [C in Column]?: string } {
    const filled: { [C in Column]?: string } = {};
    for (const column of columns) {
      const value = this.#terms.get(column);
      if (value !== undefined) filled[column] = value;
    }
    return filled;
  }

  #safety(): Pick<FamilyInFile, 'safeChannels' | 'safeCheckedOn'> {
    const [written, asked] = [this.#terms.get('safe_channels'), this.#terms.date('safe_checked_on')];
    return { ...(written && { safeChannels: waysIn(written) }), ...(asked && { safeCheckedOn: asked }) };
  }

  #address(): Pick<FamilyInFile, 'address'> {
    const terms = this.#terms;
    const [first, second] = [terms.get('address_line_1'), terms.get('address_line_2')];
    const [town, postcode] = [terms.get('town'), terms.get('postcode')];
    const lines = [first, second].filter((line) => line !== undefined);
    if (lines.length === 0 && !town && !postcode) return {};
    return { address: { lines, ...(town && { town }), ...(postcode && { postcode }) } };
  }

  #bank(): Pick<FamilyInFile, 'bank'> {
    const terms = this.#terms;
    const [sortCode, accountNumber] = [terms.get('sort_code'), terms.get('account_number')];
    const accountName = terms.get('account_name');
    return sortCode && accountNumber && accountName ? { bank: { sortCode, accountNumber, accountName } } : {};
  }
}

function isApart(earlier: MemberInFile, later: MemberInFile): boolean {
  return !!earlier.leftOn && !!later.joinedOn && earlier.leftOn <= later.joinedOn;
}
