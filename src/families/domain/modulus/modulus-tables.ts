/** The ways a check adds up: multiples of ten, multiples of eleven, or the digits of each product and then multiples of ten. */
export type ModulusMethod = 'MOD10' | 'MOD11' | 'DBLAL';

/** One line of the table of weights: how accounts of a range of sort codes are checked. */
export interface WeightRow {
  /** The first sort code of the range, and the last. */
  readonly from: string;
  readonly to: string;
  readonly method: ModulusMethod;
  /** What each of the fourteen digits of sort code and account counts; it may be negative. */
  readonly weights: readonly number[];
  /** The number of the exception the range is checked by, or 0. */
  readonly exception: number;
}

/** The tables of the banks, as an operator loaded them. */
export interface ModulusTables {
  readonly rows: readonly WeightRow[];
  /** Sort codes that count as another one in exception 5. */
  readonly substitutes: ReadonlyMap<string, string>;
}
