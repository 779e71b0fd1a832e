import type { Transaction } from '../../platform/index.ts';

/** Another room's question over its own tables, with the columns `id`, `family_id` and, to be put in order by it, `amount`. */
export interface FamilyQuestion {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** How the answers are narrowed, put in order and paged. */
export interface AmongFamilies {
  readonly team?: string;
  /** The beginning of a family's reference. */
  readonly reference?: string;
  /** By reference; the largest amount first; or by number. */
  readonly order: 'family' | 'amount' | 'id';
  /** The last row of the page before. */
  readonly after?: { readonly id: string; readonly amount: string; readonly family: string };
  readonly limit: number;
}

/** Answers a question about families with their references, narrowed by what families are known by. */
export function amongFamilies<Row>(
  tx: Transaction,
  question: FamilyQuestion,
  { team, reference, order, after, limit }: AmongFamilies,
): Promise<(Row & { family: string })[]> {
  const parameters = [...question.parameters];
  const given = (value: unknown, type: string): string => `$${parameters.push(value)}::${type}`;
  const conditions = [
    ...(team ? [`f.team = ${given(team, 'text')}`] : []),
    ...(reference ? [`starts_with(f.reference, ${given(reference, 'text')})`] : []),
    ...(after ? [laterThan[order](after, given)] : []),
  ];
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  return tx.query(
    `select q.*, f.reference as family from (${question.sql}) q join families.family f on f.id = q.family_id
     ${where} order by ${inOrder[order]} limit ${given(limit, 'int')}`,
    parameters,
  );
}

const inOrder = { family: 'f.reference, q.id', amount: 'q.amount desc, q.id', id: 'q.id' } as const;

type Place = NonNullable<AmongFamilies['after']>;
type Given = (value: unknown, type: string) => string;

// The first condition of each is what an index can begin at; the row that follows is exact.
const laterThan = {
  family: ({ family, id }: Place, given: Given) => {
    const [reference, number] = [given(family, 'text'), given(id, 'bigint')];
    return `f.reference >= ${reference} and (f.reference, q.id) > (${reference}, ${number})`;
  },
  amount: ({ amount, id }: Place, given: Given) => {
    const [sum, number] = [given(amount, 'numeric'), given(id, 'bigint')];
    return `q.amount <= ${sum} and (q.amount < ${sum} or q.id > ${number})`;
  },
  id: ({ id }: Place, given: Given) => `q.id > ${given(id, 'bigint')}`,
} as const;
