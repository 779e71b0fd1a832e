import { Controller, Res } from '@nestjs/common';
import type { Response } from 'express';
import { BankFiles } from '../../payments/index.ts';
import { Page, type Visit, Visiting } from '../pages/index.ts';
import { runUrls } from './runs.urls.ts';
import { runIdOf } from './stage.ts';

/** The bank file of a run, to be sent to the bank: the same bytes each time. */
@Controller()
export class FilePage {
  constructor(private readonly files: BankFiles) {}

  /** The view records the look itself, with the file's hash. */
  @Page({
    ...{ method: 'GET', path: runUrls.file, title: 'Download a bank file', allowed: BankFiles.allowed },
    ...{ audit: null, produces: 'text/plain' },
  })
  async file(@Visiting() visit: Visit, @Res() response: Response): Promise<void> {
    const file = await this.files.open(visit.actor, runIdOf(visit));
    response.set('Cache-Control', 'no-store').set('X-Content-SHA256', file.sha256);
    response.attachment(file.name).type('text/plain').send(file.bytes);
  }
}
