/** A place where a rule is knowingly not kept, and why. An allowance nobody needs any more is itself a fault. */
export interface Allowance {
  /** A file, or a folder ending in a slash. */
  readonly file: string;
  /** Words of the line it is about. */
  readonly line: string;
  readonly because: string;
}

/** Words no file or folder may be called by: they say where something was put, not what it is. */
export const emptyNames: readonly string[] = ['util', 'utils', 'helper', 'helpers', 'common', 'base'];

/** Lines that mention money: a JS number has no place on them. */
export const moneyWords = /amount|money|pence|total|balance|weekly/i;

/** Counts and formats that stand on a line mentioning money and are not money. */
export const numbersNearMoney: readonly Allowance[] = [
  {
    file: 'src/subsistence/domain/entitlement/payment-of.ts',
    line: 'carry: Number(total - pence * 7n)',
    because: 'the carry is a count of sevenths of a penny from -3 to 3, not an amount',
  },
  {
    file: 'src/cli/commands/set-rails.ts',
    line: 'Number(days)',
    because: 'days for which a voucher can be cashed are counted, beside what it may come to',
  },
];

/** Paths of somebody's machine. `/var/tmp` is here too, so that each use of it says why. */
export const machinePath = /(?<![\w.})\]])\/(?:(?:var\/)?tmp\b|(?:home|root|Users|work|mnt)\/[\w.-]+)/;

export const machinePathsAllowed: readonly Allowance[] = [
  {
    file: 'src/platform/embedded-postgres/',
    line: '/var/tmp',
    because: 'Postgres refuses root, and its own user must be able to walk to the binaries and the data',
  },
  { file: 'test/tidy/manners.ts', line: '/var/tmp', because: 'the rule itself is written here' },
];

/** Exported symbols that need no doc comment because their name says all of it: `file#symbol`. */
export const documentedByName: readonly string[] = [];
