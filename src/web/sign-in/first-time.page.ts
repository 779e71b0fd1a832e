import { Controller, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Authorities, ChoosePassword } from '../../identity/index.ts';
import {
  attempt,
  goTo,
  type OpenVisit,
  Page,
  type PageAnswer,
  read,
  setCookie,
  show,
  type View,
  Visiting,
} from '../pages/index.ts';
import { signInUrls } from './sign-in.urls.ts';

const answers = z
  .object({
    council: z.string().optional(),
    email: z.string().trim().max(200),
    'set-up-code': z.string().trim().max(60),
    password: z.string().max(1000),
    again: z.string(),
  })
  .refine((given) => given.password === given.again, { message: 'Type the same password twice.', path: ['again'] });

/** Choosing a password with a set-up code; the authenticator follows. */
@Controller()
export class FirstTimePages {
  constructor(
    private readonly authorities: Authorities,
    private readonly choosePassword: ChoosePassword,
  ) {}

  @Page({ method: 'GET', path: signInUrls.firstTime, title: 'Choose your password', allowed: 'open', audit: null })
  ask(): Promise<View> {
    return this.#form({});
  }

  @Page({
    ...{ method: 'POST', path: signInUrls.firstTime, title: 'Choose your password', allowed: 'open' },
    audit: 'identity.password-chosen',
  })
  async take(@Visiting() visit: OpenVisit, @Res({ passthrough: true }) response: Response): Promise<PageAnswer> {
    return attempt(
      async () => {
        const given = read(answers, visit.form);
        const { authorityId } = await this.authorities.find(given.council);
        const code = given['set-up-code'];
        setCookie(response, 'sign-in', await this.choosePassword.run(authorityId, given.email, code, given.password));
        return goTo(signInUrls.code, 'Your password is set. Now set up your authenticator app.');
      },
      () => this.#form(visit.form),
    );
  }

  async #form(values: object): Promise<View> {
    const councils = await this.authorities.all();
    return show('sign-in/first-time.njk', { values, councils: councils.length > 1 ? councils : [] });
  }
}
