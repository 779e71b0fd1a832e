import { Controller } from '@nestjs/common';
import { roles } from '../../kernel/index.ts';
import { Page, show, type View } from '../pages/index.ts';

/** What each person sees first: what waits for them. */
@Controller()
export class HomePage {
  @Page({ method: 'GET', path: '/', title: 'Home', allowed: { roles }, audit: null })
  home(): View {
    return show('home/home.njk');
  }
}
