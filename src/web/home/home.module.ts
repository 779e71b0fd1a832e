import { Module } from '@nestjs/common';
import { SubsistenceModule } from '../../subsistence/index.ts';
import { AccessibilityPage } from './accessibility.page.ts';
import { HomePage } from './home.page.ts';

/** What each person sees first, and the accessibility statement. */
@Module({ imports: [SubsistenceModule], controllers: [AccessibilityPage, HomePage] })
export class HomeModule {}
