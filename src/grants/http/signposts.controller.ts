import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type Asked, AskedBy, number, Route, UnitOfWork, words } from '../../platform/index.ts';
import { KeepSignposts } from '../actions/keep-signposts.action.ts';
import { seeSignposts } from '../actions/see-grants.ts';
import { type Signpost, signpostNeeds } from '../domain/signpost.ts';
import { signpostList } from '../store/signpost.store.ts';

const adding = z.object({
  ...{ name: words(120), does: words(300), phone: words(20).nullable().default(null) },
  ...{ web: words(210).nullable().default(null), area: z.string().trim().max(100).default('') },
  needs: z.array(z.enum(signpostNeeds as [string, ...string[]])).min(1),
});
const ending = z.object({ because: words(300) });

/** Who else helps families, over HTTP. */
@Controller()
export class SignpostsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keep: KeepSignposts,
  ) {}

  @Route({ method: 'GET', path: '/api/v1/signposts', summary: 'Who else helps families', allowed: seeSignposts })
  async list(@AskedBy() asked: Asked): Promise<{ signposts: Signpost[] }> {
    return { signposts: await this.unitOfWork.read(asked.actor, (tx) => signpostList(tx)) };
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/signposts', summary: 'Add somebody who helps families', status: 201 },
    ...{ allowed: KeepSignposts.allowed, body: adding },
  })
  add(@AskedBy() asked: Asked): Promise<{ signpostId: string }> {
    return this.keep.add(asked.actor, asked.body as z.output<typeof adding>, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/signposts/:id/check', summary: 'Say that you looked it up and it is right' },
    allowed: KeepSignposts.checkers,
  })
  check(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ signpostId: string }> {
    return this.keep.check(asked.actor, number(id));
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/signposts/:id/end', summary: 'Take somebody off the list' },
    ...{ allowed: KeepSignposts.allowed, body: ending },
  })
  end(@AskedBy() asked: Asked, @Param('id') signpostId: string): Promise<{ signpostId: string }> {
    return this.keep.end(asked.actor, number(signpostId), (asked.body as z.output<typeof ending>).because);
  }
}
