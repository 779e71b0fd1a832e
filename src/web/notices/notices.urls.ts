/** Where notices to families are. */
export const noticeUrls = {
  board: '/notices',
  letters: '/notices/letters',
  batch: '/notices/letters/:id',
  batchFile: '/notices/letters/:id/letters.pdf',
  batchPosted: '/notices/letters/:id/posted',
  batchTakenBack: '/notices/letters/:id/take-back',
  notice: '/notices/:id',
  tell: '/notices/:id/told',
  nextWay: '/notices/:id/next-way',
  sameWay: '/notices/:id/send-again',
  letter: '/notices/:id/letters/:attempt',
  cameBack: '/notices/:id/letters/:attempt/came-back',
  letterFile: '/notices/:id/letters/:attempt/letter.pdf',
  ofFamily: '/families/:id/notices',
  languages: '/administration/languages',
  language: '/administration/languages/:language',
  decideLanguage: '/administration/languages/:language/decision',
  sending: '/administration/sending',
  setSender: '/administration/sending/change',
  sendTest: '/administration/sending/test',
} as const;

/** The address of one notice, or of something about it. */
export function noticeUrl(id: string, url: string = noticeUrls.notice): string {
  return url.replace(':id', id);
}
