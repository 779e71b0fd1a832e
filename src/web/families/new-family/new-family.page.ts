import { Controller } from '@nestjs/common';
import {
  AccountCheck,
  AddFamily,
  findFamilies,
  referenceTaken,
  takenReferences,
  teamsAndWards,
} from '../../../families/index.ts';
import { activePeople } from '../../../identity/index.ts';
import { Clock, Drafts, type Transaction, UnitOfWork } from '../../../platform/index.ts';
import { languages } from '../../pages/languages.ts';
import {
  attempt,
  type Form,
  goTo,
  Page,
  type PageAnswer,
  show,
  type View,
  type Visit,
  Visiting,
} from '../../pages/index.ts';
import { nameChecks } from '../family-forms.ts';
import { addStepUrl, familyUrls } from '../families.urls.ts';
import {
  DRAFT,
  EMPTY_DRAFT,
  firstOpenStep,
  isDone,
  type NewFamilyDraft,
  readPerson,
  readStep,
  type Step,
  steps,
  stepsInOrder,
} from './new-family-draft.ts';

/** Adding a family, a question page at a time. What was typed is kept, sealed, until it is finished or let go. */
@Controller()
export class NewFamilyPages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly drafts: Drafts,
    private readonly clock: Clock,
    private readonly accounts: AccountCheck,
  ) {}

  @Page({ method: 'GET', path: familyUrls.add, title: 'Add a family', allowed: AddFamily.allowed, audit: null })
  async contents(@Visiting() visit: Visit): Promise<View> {
    const draft = await this.#draft(visit);
    const items = stepsInOrder.map((step) => ({
      href: addStepUrl(step),
      text: steps[step],
      isDone: isDone(step, draft, this.clock.today()),
    }));
    return show('families/new-family/contents.njk', {
      ...{ items, next: firstOpenStep(draft, this.clock.today()), hasBegun: Object.keys(draft.answers).length > 0 },
    });
  }

  @Page({ method: 'GET', path: familyUrls.addStep, title: 'Add a family', allowed: AddFamily.allowed, audit: null })
  async ask(@Visiting() visit: Visit): Promise<PageAnswer> {
    const step = stepOf(visit);
    if (!step) return goTo(familyUrls.add);
    const { answers } = await this.#draft(visit);
    return this.#step(visit, step, answers[step] ?? startOf(step, visit));
  }

  @Page({ method: 'POST', path: familyUrls.addStep, title: 'Add a family', allowed: AddFamily.allowed, audit: null })
  async take(@Visiting() visit: Visit): Promise<PageAnswer> {
    const step = stepOf(visit);
    if (!step) return goTo(familyUrls.add);
    return attempt(
      async () => (step === 'people' ? this.#takePeople(visit) : this.#takeStep(visit, step)),
      () => this.#step(visit, step, visit.form),
    );
  }

  async #takeStep(visit: Visit, step: Step): Promise<PageAnswer> {
    const { answers } = await this.#draft(visit);
    const { reference, bank } = readStep(step, visit.form, this.clock.today(), answers);
    if (bank) this.accounts.passing(bank);
    if (reference)
      await this.unitOfWork.read(visit.actor, async (tx) => {
        if ((await takenReferences(tx, [reference])).size === 0) return;
        throw referenceTaken('The reference is taken.', [
          { field: 'reference', reason: 'Another family of this council has this reference.' },
        ]);
      });
    return this.#keep(visit, step);
  }

  async #takePeople(visit: Visit): Promise<PageAnswer> {
    const { go = 'done', ...form } = visit.form;
    const removed = /^remove-(\d+)$/.exec(String(go))?.[1];
    // Whoever goes on with somebody half written down has not finished with them.
    const isSomebody = removed === undefined && (go === 'add' || Object.values(form).some((value) => value !== ''));
    if (isSomebody) readPerson(form, this.clock.today());
    const draft = await this.#draft(visit);
    const kept = draft.people.filter((_, index) => String(index) !== removed);
    await this.drafts.keep(visit.actor, DRAFT, { ...draft, people: isSomebody ? [...kept, form] : kept });
    return go === 'done' ? this.#keep(visit, 'people', { go }) : goTo(addStepUrl('people'));
  }

  async #keep(visit: Visit, step: Step, form = visit.form): Promise<PageAnswer> {
    const before = await this.#draft(visit);
    const draft = { ...before, answers: { ...before.answers, [step]: form } };
    await this.drafts.keep(visit.actor, DRAFT, draft);
    return goTo(addStepUrl(firstOpenStep(draft, this.clock.today()) ?? 'check'));
  }

  async #step(visit: Visit, step: Step, values: Form): Promise<View> {
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      ...(await teamsAndWards(tx)),
      workers: step === 'team' ? await activePeople(tx, ['caseworker', 'manager']) : [],
      takenBy: step === 'reference' ? await familyCalled(tx, values.reference) : undefined,
    }));
    const { people, answers } = await this.#draft(visit);
    return show(`families/new-family/${step}.njk`, {
      ...data,
      ...{ values, people, step, languages, nameChecks, heading: steps[step], contact: answers.contact?.contact },
    });
  }

  async #draft({ actor }: Visit): Promise<NewFamilyDraft> {
    return (await this.drafts.find<NewFamilyDraft>(actor, DRAFT)) ?? EMPTY_DRAFT;
  }
}

/** Finds the family that has a reference already, for a link to it. */
async function familyCalled(tx: Transaction, typed: Form[string] | undefined): Promise<string | undefined> {
  const reference = typeof typed === 'string' ? typed.trim() : '';
  if (reference === '') return undefined;
  const [found] = await findFamilies(tx, { reference }, { sort: 'reference', limit: 1 });
  return found?.reference === reference ? found.id : undefined;
}

function stepOf({ params }: Visit): Step | undefined {
  return stepsInOrder.find((step) => step === params.step);
}

/** What a step shows before anybody has answered it: the person who adds a family looks after it, unless they say otherwise. */
function startOf(step: Step, { person }: Visit): Form {
  const start: Partial<Record<Step, Form>> = { team: { ownerId: person.id }, contact: { language: 'en' } };
  return start[step] ?? {};
}
