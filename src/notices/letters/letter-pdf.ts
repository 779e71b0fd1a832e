import type { Letter } from './letter.ts';

/** Makes the PDF of one letter. */
export async function letterPdf(letter: Letter): Promise<Buffer> {
  return Buffer.from(`%PDF-1.7\n${letter.reference}`);
}
