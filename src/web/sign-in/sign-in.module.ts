import { Module } from '@nestjs/common';
import { AccountPage } from './account.page.ts';
import { CarryOnPage } from './carry-on.page.ts';
import { CodePages } from './code.page.ts';
import { FirstTimePages } from './first-time.page.ts';
import { OwnTokenPages } from './own-token.page.ts';
import { SignInPages } from './sign-in.page.ts';

/** Signing in and out, and a person's own account. */
@Module({ controllers: [AccountPage, CarryOnPage, CodePages, FirstTimePages, OwnTokenPages, SignInPages] })
export class SignInModule {}
