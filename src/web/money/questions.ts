import { Injectable } from '@nestjs/common';
import type { ZodType } from 'zod';
import { defineProblem } from '../../kernel/index.ts';
import { Drafts } from '../../platform/index.ts';
import { type Form, goTo, type PageAnswer, read, type Visit } from '../pages/index.ts';

/** Tells somebody that no such question is asked here. */
const noSuchQuestion = defineProblem('no_such_question', {
  status: 404,
  title: 'There is no such question here',
  whatToDo: 'Go back to the fund and begin again. What you answered is kept.',
});

/** The last page of every set of questions. */
export const CHECK = 'check';

/** Some questions, asked one a page and in order; the answers wait in a draft until they are checked. */
export interface Asking {
  /** The name of the draft: ids only. */
  readonly draft: string;
  /** What each question takes, by its name in the address. */
  readonly questions: Readonly<Record<string, ZodType>>;
  /** The address of all of them, with `:question` in it. */
  readonly url: string;
}

/** Keeps what a person answers, page by page. */
@Injectable()
export class Questions {
  constructor(private readonly drafts: Drafts) {}

  /** Gives what was answered so far, as typed. */
  async answers(visit: Visit, asking: Asking): Promise<Form> {
    return (await this.drafts.find<Form>(visit.actor, asking.draft)) ?? {};
  }

  /** Stops somebody at an address where nothing is asked. @throws no_such_question */
  mustBeAsked({ params }: Visit, asking: Asking): void {
    if (params.question !== CHECK && !asking.questions[params.question ?? ''])
      throw noSuchQuestion('Nothing by that name is asked.');
  }

  /** Sends somebody who wants to check too early to the first question without an answer. @throws no_such_question */
  tooEarly(visit: Visit, asking: Asking, answers: Form): PageAnswer | undefined {
    this.mustBeAsked(visit, asking);
    const missing = firstMissing(asking, answers);
    return visit.params.question === CHECK && missing ? goTo(addressOf(asking, missing)) : undefined;
  }

  /** Keeps an answer and goes on: to the next question, or to check them all. @throws input_refused */
  async keep(visit: Visit, asking: Asking): Promise<PageAnswer> {
    read(asking.questions[visit.params.question ?? ''] as ZodType, visit.form);
    const answers = { ...(await this.answers(visit, asking)), ...visit.form };
    await this.drafts.keep(visit.actor, asking.draft, answers);
    return goTo(addressOf(asking, firstMissing(asking, answers) ?? CHECK));
  }

  /** Throws the answers away: they were sent on. */
  async finish(visit: Visit, asking: Asking): Promise<void> {
    await this.drafts.discard(visit.actor, asking.draft);
  }
}

function addressOf(asking: Asking, question: string): string {
  return asking.url.replace(':question', question);
}

function firstMissing({ questions }: Asking, answers: Form): string | undefined {
  return Object.keys(questions).find((name) => !questions[name]?.safeParse(answers).success);
}
