import { Module } from '@nestjs/common';
import { AccessibilityPage } from './accessibility.page.ts';
import { HomePage } from './home.page.ts';

/** What each person sees first, and the accessibility statement. */
@Module({ controllers: [AccessibilityPage, HomePage] })
export class HomeModule {}
