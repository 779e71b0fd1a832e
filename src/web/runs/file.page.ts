import { Controller, Res } from '@nestjs/common';
import type { Response } from 'express';
import { bankFileFacts, BankFiles } from '../../payments/index.ts';
import { UnitOfWork } from '../../platform/index.ts';
import { Page, type Visit, Visiting } from '../pages/index.ts';
import { runUrls } from './runs.urls.ts';
import { runIdOf } from './stage.ts';

/** The bank file of a run, to be sent to the bank: the same bytes each time. Of several, the run's page lists them by rail. */
@Controller()
export class FilePage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly files: BankFiles,
  ) {}

  /** The view records the look itself, with the file's hash. */
  @Page({
    ...{ method: 'GET', path: runUrls.file, title: 'Download a bank file', allowed: BankFiles.allowed },
    ...{ audit: null, produces: 'text/plain' },
  })
  async file(@Visiting() visit: Visit, @Res() response: Response): Promise<void> {
    const runId = runIdOf(visit);
    const all = await this.unitOfWork.read(visit.actor, (tx) => bankFileFacts(tx, runId));
    if (all.length > 1) return response.redirect(303, `${runUrls.run.replace(':id', runId)}#file`);
    const file = await this.files.open(visit.actor, runId);
    response.set('Cache-Control', 'no-store').set('X-Content-SHA256', file.sha256);
    response.attachment(file.name).type(file.mediaType).send(file.bytes);
  }
}
