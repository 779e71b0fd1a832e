/** Which room stands on which floor. Calls go down only; events come up through the outbox. */
export const floors: Readonly<Record<string, number>> = {
  kernel: 0,
  platform: 1,
  audit: 2,
  outbox: 2,
  identity: 3,
  ledger: 3,
  calendar: 3,
  approvals: 4,
  families: 4,
  funds: 4,
  notices: 5,
  payments: 6,
  grants: 7,
  subsistence: 7,
  reporting: 8,
  house: 9,
  web: 9,
  worker: 9,
  cli: 9,
  demo: 9,
  'stand-ins': 9,
};

/** Rooms that start a process, and the house they share: they may call each other, and need no door. */
export const entryPoints: readonly string[] = ['house', 'web', 'worker', 'cli', 'demo', 'stand-ins'];

/** Folders of `src` that hold papers, not code. */
export const papers: readonly string[] = ['decisions'];

/** The Postgres schemas a room may name in SQL besides `kernel`, whose types and functions are everybody's. */
export const schemasOfRoom: Readonly<Record<string, readonly string[]>> = {
  platform: ['platform', 'bullmq'],
  audit: ['audit'],
  outbox: ['outbox'],
  identity: ['identity'],
  ledger: ['ledger'],
  calendar: ['calendar'],
  approvals: ['approvals'],
  families: ['families'],
  funds: ['funds'],
  notices: ['notices'],
  payments: ['payments'],
  grants: ['grants'],
  subsistence: ['subsistence'],
  reporting: ['reporting'],
};

/** Views a room publishes, by name, and who may read those of every room below: `ledger.v_spent`. */
export const published = { views: /\.v_\w+$/, readBy: ['reporting'] as readonly string[] };

/** Imports from a room to outside `src` that are right. */
export const allowedOutsideSrc: readonly { from: string; to: string; because: string }[] = [
  {
    from: 'src/platform/database/',
    to: 'migrations/index.ts',
    because: 'the owner connection is what runs the migrations',
  },
];

/** The floor a schema stands on, so that foreign keys can be told to point down. */
export function floorOfSchema(schema: string): number | undefined {
  const room = Object.keys(schemasOfRoom).find((each) => schemasOfRoom[each]?.includes(schema)) ?? schema;
  return floors[room];
}
