import { Controller, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { type Asked, AskedBy, number, pageQuery, Route, UnitOfWork, words } from '../../platform/index.ts';
import { AnswerFile, fileAnswers } from '../actions/answer-file.action.ts';
import { ImportReport, type ReportTakenIn } from '../actions/import-report.action.ts';
import { RescueFile } from '../actions/rescue-file.action.ts';
import { seeBankFiles } from '../actions/see-bank-files.ts';
import { type FileAfter, SubmitFile } from '../actions/submit-file.action.ts';
import { bankFileStateNames } from '../bank-file.states.ts';
import { railNames } from '../rails/rail-names.ts';
import { type BankFileRow, listBankFiles } from '../store/bank-file.store.ts';
import { type ExceptionRow, listExceptions, reportKinds } from '../store/report.store.ts';
import { BankFiles } from '../views/bank-file.view.ts';
import { bankFileStory, type BankFileStory } from '../views/bank-file-story.view.ts';

const listing = pageQuery.extend({ state: z.enum(bankFileStateNames).optional() });
const handingIn = z.object({ bankReference: words(60) });
const answering = z.object({ answer: z.enum(fileAnswers), reason: words(500) });
const rescuing = z.object({ rail: z.enum(railNames), reason: words(500) });
const rescueAnswer = z.object({ answer: z.enum(['agree', 'refuse']) });
const importing = z.object({
  kind: z.enum(reportKinds),
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});

/** Bank files at the bank over HTTP: handed in, answered, and the reports of banks taken in. */
@Controller()
export class BankFilesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly submitFile: SubmitFile,
    private readonly answerFile: AnswerFile,
    private readonly importReport: ImportReport,
    private readonly rescueFile: RescueFile,
    private readonly files: BankFiles,
  ) {}

  @Route({
    ...{ method: 'GET', path: '/api/v1/bank-files', summary: 'Bank files, the newest first' },
    ...{ allowed: seeBankFiles, query: listing },
  })
  async list(@AskedBy() asked: Asked): Promise<{ files: BankFileRow[] }> {
    const { state, after, limit } = asked.query as z.output<typeof listing>;
    const question = { ...(state && { states: [state] }), ...(after !== '0' && { after }), limit };
    return this.unitOfWork.read(asked.actor, async (tx) => ({ files: await listBankFiles(tx, question) }));
  }

  @Route({
    method: 'GET',
    path: '/api/v1/bank-files/:id',
    summary: 'One bank file and its story',
    allowed: seeBankFiles,
  })
  show(@AskedBy() asked: Asked, @Param('id') id: string): Promise<BankFileStory> {
    return this.unitOfWork.read(asked.actor, (tx) => bankFileStory(tx, number(id)));
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/bank-files/:id/content', summary: 'The file itself: always the same bytes' },
    ...{ allowed: BankFiles.allowed, produces: 'text/plain' },
  })
  async content(@AskedBy() asked: Asked, @Param('id') id: string, @Res() response: Response): Promise<void> {
    const file = await this.files.openFile(asked.actor, number(id));
    response.set('X-Content-SHA256', file.sha256).attachment(file.name).type(file.mediaType).send(file.bytes);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/bank-files/:id/begin', summary: 'Write down that you are about to hand it in' },
    ...{ allowed: SubmitFile.allowed, movesMoney: true },
  })
  begin(@AskedBy() asked: Asked, @Param('id') id: string): Promise<FileAfter> {
    return this.submitFile.begin(asked.actor, number(id), asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/bank-files/:id/submitted', summary: 'Write down the bank’s reference' },
    ...{ allowed: SubmitFile.allowed, body: handingIn, movesMoney: true },
  })
  submitted(@AskedBy() asked: Asked, @Param('id') id: string): Promise<FileAfter> {
    const { bankReference } = asked.body as z.output<typeof handingIn>;
    return this.submitFile.handIn(asked.actor, number(id), bankReference, asked.idempotency);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/bank-files/:id/answer',
      summary: 'Say what the bank did with it, and how you know',
    },
    ...{ allowed: AnswerFile.allowed, body: answering, movesMoney: true },
  })
  answer(@AskedBy() asked: Asked, @Param('id') id: string): Promise<FileAfter> {
    return this.answerFile.run(asked.actor, number(id), asked.body as z.output<typeof answering>, asked.idempotency);
  }

  @Route({
    ...{
      method: 'POST',
      path: '/api/v1/bank-files/:id/rescue',
      summary: 'Propose to send a lost file again',
      status: 201,
    },
    ...{ allowed: RescueFile.allowed, body: rescuing, movesMoney: true },
  })
  rescue(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ rescueId: string }> {
    return this.rescueFile.propose(asked.actor, number(id), asked.body as z.output<typeof rescuing>, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/rescues/:id/decision', summary: 'Agree to it, or refuse' },
    ...{ allowed: RescueFile.allowed, body: rescueAnswer, movesMoney: true },
  })
  decideRescue(@AskedBy() asked: Asked, @Param('id') id: string): Promise<{ fileId: string | null }> {
    const { answer } = asked.body as z.output<typeof rescueAnswer>;
    return this.rescueFile.decide(asked.actor, number(id), answer, asked.idempotency);
  }

  @Route({
    ...{ method: 'POST', path: '/api/v1/bank-reports', summary: 'Take in a bank’s report, XML or CSV, all or nothing' },
    ...{ allowed: ImportReport.allowed, query: importing, consumes: 'text/csv', status: 201 },
  })
  import(@AskedBy() asked: Asked, @Req() request: Request): Promise<ReportTakenIn> {
    const { kind, dryRun } = asked.query as z.output<typeof importing>;
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    return this.importReport.run(asked.actor, kind, bytes, { dryRun });
  }

  @Route({
    ...{ method: 'GET', path: '/api/v1/bank-reports/exceptions', allowed: seeBankFiles },
    summary: 'What banks reported that fits nothing here',
  })
  exceptions(@AskedBy() asked: Asked): Promise<{ exceptions: ExceptionRow[] }> {
    return this.unitOfWork.read(asked.actor, async (tx) => ({ exceptions: await listExceptions(tx, 200) }));
  }
}
