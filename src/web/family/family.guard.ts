import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { type FamilyGuest, LookAtFamilyPage } from '../../notices/index.ts';
import { ROUTE } from '../../platform/index.ts';
import { cookieOf, GoElsewhere, type PageFacts, type VisitedRequest } from '../pages/index.ts';
import { familyPageUrls } from './family.urls.ts';

/** A request of a family on its own page, once the guard has been through it. */
export type FamilyRequest = VisitedRequest & { guest?: FamilyGuest };

/** Shown before a family said that it is safe to go on; every other page waits for that. */
const BEFORE_SAFE: readonly string[] = [
  familyPageUrls.start,
  familyPageUrls.language,
  familyPageUrls.safe,
  familyPageUrls.leave,
];

/** Lets a family onto its own pages while its session lasts, and no further than is safe. */
@Injectable()
export class FamilyGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(LookAtFamilyPage) private readonly look: LookAtFamilyPage,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { path, method } = this.reflector.get<PageFacts>(ROUTE, context.getHandler());
    const request = context.switchToHttp().getRequest<FamilyRequest>();
    context.switchToHttp().getResponse<Response>().set('Referrer-Policy', 'no-referrer');
    const secret = cookieOf(request, 'family');
    const guest = secret ? await this.look.find(secret, method === 'GET' ? path : null) : undefined;
    if (!guest) throw new GoElsewhere(familyPageUrls.closed);
    if (!guest.isSafe && !BEFORE_SAFE.includes(path)) throw new GoElsewhere(familyPageUrls.start);
    request.guest = guest;
    return true;
  }
}
