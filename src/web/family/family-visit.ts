import { applyDecorators, createParamDecorator, type ExecutionContext, UseGuards } from '@nestjs/common';
import type { FamilyGuest } from '../../notices/index.ts';
import { Page } from '../pages/index.ts';
import { FamilyGuard, type FamilyRequest } from './family.guard.ts';

/** What a family's page says of itself. */
interface FamilyPageDeclared {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly title: string;
  /** What the audit trail calls it: every look is recorded by the guard, a form by its action. */
  readonly audit?: string;
}

/** Declares a page for a family with a session of its own, begun with its link or its code. */
export function FamilyPage({ audit = 'notices.family-looked', ...declared }: FamilyPageDeclared): MethodDecorator {
  return applyDecorators(Page({ ...declared, allowed: 'open', audit }), UseGuards(FamilyGuard));
}

/** Hands the family to a page: how it is spoken to, and in which session. */
export const Guest = createParamDecorator((_: unknown, context: ExecutionContext): FamilyGuest => {
  const { guest } = context.switchToHttp().getRequest<FamilyRequest>();
  if (!guest) throw new Error('the family guard did not run');
  return guest;
});
