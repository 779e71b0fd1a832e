import { Injectable } from '@nestjs/common';
import { type Actor, personActing } from '../../kernel/index.ts';
import { FieldSeal } from '../crypto/seal.ts';
import { UnitOfWork } from '../database/unit-of-work.ts';

/** Keeps what a person has typed until they finish or let it go: sealed, theirs alone, one for each name. */
@Injectable()
export class Drafts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly seal: FieldSeal,
  ) {}

  /** Keeps a draft, in place of the one of that name. @param name of the journey, such as `plans/new/123`: ids only */
  async keep(actor: Actor, name: string, content: unknown): Promise<void> {
    const sealed = this.seal.seal(JSON.stringify(content), contextOf(actor, name));
    await this.unitOfWork.run({ name: 'platform.keep-draft', actor }, (tx) =>
      tx.query(
        `insert into platform.draft (authority_id, user_id, name, sealed) values ($1, $2, $3, $4)
         on conflict on constraint pk_draft do update set sealed = excluded.sealed, updated_at = now()`,
        [actor.authorityId, personActing(actor), name, sealed],
      ),
    );
  }

  /** Finds the draft of that name, as it was kept. */
  async find<Content>(actor: Actor, name: string): Promise<Content | undefined> {
    const row = await this.unitOfWork.read(actor, (tx) =>
      tx.maybe<{ sealed: Buffer }>(`select sealed from platform.draft where name = $1`, [name]),
    );
    return row && (JSON.parse(this.seal.open(row.sealed, contextOf(actor, name)).toString('utf8')) as Content);
  }

  /** Lists the names of a person's drafts that begin so, the newest first. */
  async names(actor: Actor, beginning: string): Promise<{ name: string; updatedAt: Date }[]> {
    return this.unitOfWork.read(actor, (tx) =>
      tx.query(
        `select name, updated_at as "updatedAt" from platform.draft
          where starts_with(name, $1) order by updated_at desc limit 100`,
        [beginning],
      ),
    );
  }

  /** Throws a draft away: it was finished, or nobody wants it. */
  async discard(actor: Actor, name: string): Promise<void> {
    await this.unitOfWork.run({ name: 'platform.discard-draft', actor }, (tx) =>
      tx.query(`delete from platform.draft where name = $1`, [name]),
    );
  }
}

function contextOf(actor: Actor, name: string): string {
  return `draft:${actor.authorityId}:${personActing(actor)}:${name}`;
}
