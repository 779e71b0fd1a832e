import { Controller } from '@nestjs/common';
import {
  bankFileStateNames,
  ImportReport,
  listBankFiles,
  listExceptions,
  railWords,
  returnsShown,
  seeBankFiles,
} from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { Page, show, type View, type Visit, Visiting } from '../pages/index.ts';
import { bankFileUrls } from './bank-files.urls.ts';
import { purposeWords, stateColours, stateWords } from './words.ts';

const ON_A_PAGE = 25;
const MOST_COUNTED = 500;

/** Every bank file, the newest first, narrowed to a state; beside them what else asks for somebody. */
@Controller()
export class BankFileListPage {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Page({ method: 'GET', path: bankFileUrls.list, title: 'Bank files', allowed: seeBankFiles, audit: null })
  async list(@Visiting() visit: Visit): Promise<View> {
    const state = bankFileStateNames.find((name) => name === visit.query.state);
    const after = /^\d{1,18}$/.test(visit.query.after ?? '') ? visit.query.after : undefined;
    const data = await this.unitOfWork.read(visit.actor, async (tx) => ({
      found: await listBankFiles(tx, {
        ...(state && { states: [state] }),
        ...{ ...(after !== undefined && { after }), limit: ON_A_PAGE + 1 },
      }),
      returns: (await returnsShown(tx, { state: 'open', limit: MOST_COUNTED })).length,
      exceptions: (await listExceptions(tx, MOST_COUNTED)).filter((each) => each.state === 'open').length,
    }));
    const files = data.found.slice(0, ON_A_PAGE);
    const last = data.found.length > ON_A_PAGE ? files.at(-1)?.id : undefined;
    const query = (more: Record<string, string>) => `${bankFileUrls.list}?${new URLSearchParams(more).toString()}`;
    return show('bank-files/list.njk', {
      ...{ ...data, files, state, states: bankFileStateNames, stateWords, stateColours, purposeWords, railWords },
      next: last && query({ ...(state && { state }), after: last }),
      first: after && query(state ? { state } : {}),
      mayImport: visit.person.roles.some((role) => ImportReport.allowed.roles.includes(role)),
    });
  }
}
