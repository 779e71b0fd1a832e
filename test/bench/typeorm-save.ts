import { DataSource, EntitySchema } from 'typeorm';

const PAYMENTS = 2000;

class Payment {
  id = 0;
  family_id = 0;
  amount = '98.36';
  pay_date = '2026-12-03';
}
class Transaction {
  id = 0;
  payment_id = 0;
  posted_at = new Date();
}
class Entry {
  id = 0;
  transaction_id = 0;
  account_id = 0;
  amount = '0.00';
}

const entities = [
  bareEntity('payment', Payment, { family_id: 'bigint', amount: 'numeric', pay_date: 'date' }),
  bareEntity('transaction', Transaction, { payment_id: 'bigint', posted_at: 'timestamptz' }),
  bareEntity('entry', Entry, { transaction_id: 'bigint', account_id: 'int', amount: 'numeric' }),
];

/**
 * Times what most services do: one `manager.save()` a payment (with its transaction and two entries), all in one
 * database transaction, into the same bare tables as the floor.
 * @returns milliseconds a payment
 */
export async function timeTypeormSaves(url: string): Promise<number> {
  const database = new DataSource({ type: 'postgres', url, entities, synchronize: false });
  await database.initialize();
  try {
    await database.query('truncate floor.payment, floor.transaction, floor.entry');
    const began = performance.now();
    await database.transaction(async (manager) => {
      for (let id = 1; id <= PAYMENTS; id += 1) await manager.save(rowsOfPayment(id));
    });
    return (performance.now() - began) / PAYMENTS;
  } finally {
    await database.destroy();
  }
}

function rowsOfPayment(id: number): object[] {
  const to = Object.assign(new Payment(), { id, family_id: id });
  const transaction = Object.assign(new Transaction(), { id, payment_id: id });
  const debit = { id: id * 2, transaction_id: id, account_id: 1, amount: to.amount };
  const credit = { id: id * 2 + 1, transaction_id: id, account_id: 2, amount: `-${to.amount}` };
  return [to, transaction, Object.assign(new Entry(), debit), Object.assign(new Entry(), credit)];
}

type ColumnType = 'bigint' | 'int' | 'numeric' | 'date' | 'timestamptz';

function bareEntity<T extends object>(name: string, target: new () => T, columns: Record<string, ColumnType>) {
  return new EntitySchema<T>({
    ...{ name, target, schema: 'floor', tableName: name },
    columns: {
      id: { type: 'bigint', primary: true },
      ...Object.fromEntries(Object.entries(columns).map(([column, type]) => [column, { type }])),
    } as never,
  });
}
