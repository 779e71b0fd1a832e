import type { Response } from 'express';
import multer, { MulterError } from 'multer';
import { defineProblem } from '../../kernel/index.ts';
import type { VisitedRequest } from './visit.ts';

const MOST_MEGABYTES = 25;

const uploadRefused = defineProblem('upload_refused', {
  status: 413,
  title: 'That file cannot be taken',
  whatToDo: `Choose one file of at most ${MOST_MEGABYTES} MB. Larger family files are taken in by the operator at the command line.`,
});

const upload = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: MOST_MEGABYTES * 1024 * 1024, files: 1, fields: 50, fieldSize: 100_000 },
}).single('file');

/** Reads a form that carries a file, into memory and within limits. @throws upload_refused */
export function readUpload(request: VisitedRequest, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    upload(request, response, (error: unknown) => {
      if (error instanceof MulterError)
        reject(uploadRefused(error.message, [{ field: 'file', reason: `${error.message}.` }]));
      else if (error instanceof Error) reject(error);
      else resolve();
    });
  });
}
