import { Controller } from '@nestjs/common';
import { Page, show, type View } from '../pages/index.ts';

/** What anybody can expect of these pages, and what to do when they fall short. */
@Controller()
export class AccessibilityPage {
  @Page({
    ...{ method: 'GET', path: '/accessibility', title: 'Accessibility statement' },
    ...{ allowed: 'open', audit: null },
  })
  statement(): View {
    return show('home/accessibility.njk');
  }
}
