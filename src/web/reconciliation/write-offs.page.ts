import { Controller } from '@nestjs/common';
import { namesOf } from '../../identity/index.ts';
import {
  bankLineDetail,
  seeReconciliation,
  writeOffById,
  writeOffsWaiting,
  WriteOffLine,
} from '../../payments/index.ts';
import { number, UnitOfWork } from '../../platform/index.ts';
import { answer } from '../administration/answers.ts';
import { standingOf } from '../decisions/standing.ts';
import { attempt, goTo, Page, type PageAnswer, read, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { reconciliationUrls } from './reconciliation.urls.ts';

const TOLD = {
  approved: 'It is written off and posted.',
  refused: 'It is refused.',
  signed: 'You signed it. It needs another person’s signature, and nothing is posted yet.',
} as const;

/** What waits to be written off, and the second person's decision. */
@Controller()
export class WriteOffPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly writeOff: WriteOffLine,
  ) {}

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.writeOffs, title: 'Write-offs', allowed: seeReconciliation },
    ...{ audit: 'payments.bank-lines-seen', subject: 'bank-account' },
  })
  async list(@Visiting() visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const writeOffs = await writeOffsWaiting(tx);
      const people = await namesOf(
        tx,
        writeOffs.map((each) => each.proposedBy),
      );
      return { writeOffs, people: Object.fromEntries(people) };
    });
    return show('reconciliation/write-offs.njk', data);
  }

  @Page({
    ...{ method: 'GET', path: reconciliationUrls.writeOff, title: 'A write-off', allowed: seeReconciliation },
    ...{ audit: 'payments.bank-line-seen', subject: 'write-off' },
  })
  ask(@Visiting() visit: Visit): Promise<View> {
    return this.#page(visit);
  }

  @Page({
    ...{ method: 'POST', path: reconciliationUrls.writeOff, title: 'Decide about a write-off' },
    ...{ allowed: WriteOffLine.deciders, audit: 'payments.written-off' },
  })
  decide(@Visiting() visit: Visit): Promise<PageAnswer> {
    return attempt(
      async () => {
        const given = read(answer, visit.form);
        const { outcome } = await this.writeOff.decide(visit.actor, idOf(visit), given, visit.idempotency);
        return goTo(reconciliationUrls.writeOffs, TOLD[outcome]);
      },
      () => this.#page(visit),
    );
  }

  async #page(visit: Visit): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => {
      const writeOff = await writeOffById(tx, idOf(visit));
      const { line } = await bankLineDetail(tx, writeOff.lineId);
      const standing = await standingOf(tx, visit, 'write-off', writeOff.id, WriteOffLine.deciders.roles);
      return {
        ...{ writeOff, line, standing },
        people: Object.fromEntries(await namesOf(tx, [writeOff.proposedBy, writeOff.decidedBy])),
      };
    });
    const isOpen = data.writeOff.state === 'open';
    return show('reconciliation/write-off.njk', { ...data, isOpen, values: visit.form });
  }
}

function idOf(visit: Visit): string {
  return number(visit.params.id ?? '');
}
