import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { defineProblem } from '../../kernel/index.ts';
import type { Transaction } from '../../platform/index.ts';

/** A council as the rooms need it. */
export interface Authority {
  readonly authorityId: string;
  readonly slug: string;
  readonly name: string;
  readonly division: 'england-and-wales' | 'scotland' | 'northern-ireland';
  /** Working days before the Bacs cut-off that a run opens by itself. */
  readonly leadDays: number;
  /** Days a change of bank details waits before it is used. */
  readonly coolOffDays: number;
}

export const noSuchCouncil = defineProblem('no_such_council', {
  status: 404,
  title: 'There is no such council here',
  whatToDo: 'Make one with "npm run cli -- create-council", or name one of those listed above with --council.',
});

const COLUMNS = `authority_id as "authorityId", slug, name, division, lead_days as "leadDays", cool_off_days as "coolOffDays"`;

/** Lists the councils of this database. The list itself is open; everything about them is not. */
@Injectable()
export class Authorities {
  constructor(private readonly dataSource: DataSource) {}

  async all(): Promise<Authority[]> {
    const rows: unknown = await this.dataSource.query(
      `select ${COLUMNS} from identity.authority order by authority_id`,
    );
    return (rows as Authority[]).map((row) => ({ ...row, authorityId: String(row.authorityId) }));
  }

  /** Gives every council's id, for the clock that visits each in turn. */
  readonly ids = async (): Promise<string[]> => (await this.all()).map((each) => each.authorityId);

  /** Finds the council meant: by its slug, or the only one there is. @throws no_such_council */
  async find(slug?: string): Promise<Authority> {
    const all = await this.all();
    const found = slug ? all.find((each) => each.slug === slug) : all.length === 1 ? all[0] : undefined;
    if (found) return found;
    const names = all.map((each) => each.slug).join(', ') || 'none yet';
    throw noSuchCouncil(slug ? `"${slug}" is not among: ${names}.` : `Say which council with --council: ${names}.`);
  }
}

/** Reads the council of this transaction. */
export async function authorityOf(tx: Transaction): Promise<Authority> {
  const row = await tx.one<Authority>(`select ${COLUMNS} from identity.authority where authority_id = $1`, [
    tx.actor.authorityId,
  ]);
  return { ...row, authorityId: String(row.authorityId) };
}
