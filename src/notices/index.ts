export { channels, type Channel, type NoticeFacts, type NoticeKind, noticeKinds } from './domain/notice-facts.ts';
export { directionOf, isLanguage, type Language, languages } from './domain/languages.ts';
export { type SmsCheck, smsCheck, smsPrice } from './domain/sms-text.ts';
export type { Block, Speaker, Written } from './domain/written.ts';
export { ownNameOf } from './words/all-words.ts';
export { saysNothing } from './words/discreet.ts';
export { type Email, emailFor } from './words/email-for.ts';
export { type Sms, smsFor } from './words/sms-for.ts';
export { writtenFor } from './words/written-for.ts';
export {
  type PhrasePair,
  phrasesBesideEnglish,
  type SampleNotice,
  wordsDigest,
  wordsSample,
} from './words/words-review.ts';
