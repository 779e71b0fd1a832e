import { Controller, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { brandColour } from '../../identity/index.ts';
import { operatorOf } from '../../kernel/index.ts';
import { Route, UnitOfWork } from '../../platform/index.ts';

/** The sheet that gives a council's pages its colour: pages themselves may hold no styles. */
@Controller()
export class CouncilStyle {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Route({
    ...{ method: 'GET', path: '/branding/:council/:version/council.css', summary: 'The colour of a council’s pages' },
    ...{ allowed: 'open', produces: 'text/css' },
  })
  async style(
    @Param('council') council: string,
    @Param('version') version: string,
    @Res() response: Response,
  ): Promise<void> {
    const brand = /^\d{1,4}$/.test(council) ? await this.unitOfWork.read(operatorOf(council), brandColour) : undefined;
    if (!brand) return void response.status(404).type('text/plain').send('There is no such council.');
    // Only the address of the present version says what is in it for good.
    const isPresent = String(brand.version) === version;
    response.set('Cache-Control', isPresent ? 'public, max-age=31536000, immutable' : 'no-store').type('text/css');
    response.send(`:root{--mainstay-colour:${brand.colour}}\n`);
  }
}
