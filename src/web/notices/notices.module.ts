import { Module } from '@nestjs/common';
import { NoticesModule } from '../../notices/index.ts';
import { BoardPage } from './board.page.ts';
import { CameBackPages } from './came-back.page.ts';
import { FamilyNoticesPage } from './family-notices.page.ts';
import { LanguagesPages } from './languages.page.ts';
import { LettersPages } from './letters.page.ts';
import { NoticePages } from './notice.page.ts';
import { SendingPages } from './sending.page.ts';
import { TellPages } from './tell.page.ts';

/** Notices: the board, one notice, calls logged, letters printed here, languages, sending. */
@Module({
  imports: [NoticesModule],
  // Addresses written out come before those with a number in them: `/notices/letters` is no notice.
  controllers: [
    ...[BoardPage, LettersPages, NoticePages, TellPages, FamilyNoticesPage],
    ...[CameBackPages, LanguagesPages, SendingPages],
  ],
})
export class NoticesJourney {}
