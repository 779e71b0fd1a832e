import { randomBytes } from 'node:crypto';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type NextFunction, type Request, type Response, urlencoded } from 'express';
import helmet from 'helmet';
import { HouseModule } from '../house/index.ts';
import { LOGGER, type Logger, type ReadyConfig, RouteList } from '../platform/index.ts';
import { journeys } from './journeys.ts';
import { sendAsset } from './pages/assets.ts';
import { PagesModule } from './pages/index.ts';
import { requestLog } from './request-log.ts';

/** The house with its web front: the rooms' API and every journey's pages. */
@Module({})
class WebModule {
  static with(config: ReadyConfig): DynamicModule {
    return { module: WebModule, imports: [HouseModule.with(config, 'web'), PagesModule, ...journeys] };
  }
}

/** Opens the house with its web front, not yet listening. */
export async function openWeb(config: ReadyConfig): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(WebModule.with(config), {
    ...{ logger: false, bodyParser: false },
  });
  app.disable('x-powered-by');
  app.set('trust proxy', config.TRUSTED_PROXIES);
  app.use(nonce, manners(config.NODE_ENV === 'production'));
  app.use(requestLog(app.get<Logger>(LOGGER)));
  app.use('/assets', (request: Request, response: Response) => {
    Object.defineProperty(request, 'path', { value: request.originalUrl });
    sendAsset(request, response);
  });
  app.useBodyParser('json', { limit: '2mb' });
  app.useBodyParser('raw', { type: 'text/csv', limit: '25mb' });
  app.useBodyParser('raw', { type: ['application/xml', 'text/xml', 'application/octet-stream'], limit: '25mb' });
  // A run's lines may be held by the thousand; each ticked box is a field.
  app.use(urlencoded({ extended: false, limit: '1mb', parameterLimit: 20_000 }));
  app.get(RouteList).assertDeclared();
  return app;
}

function nonce(_request: Request, response: Response, next: NextFunction): void {
  response.locals.nonce = randomBytes(16).toString('base64');
  next();
}

/** What browsers are told to refuse: other sites' scripts, frames, and anything written into a page. */
function manners(isProduction: boolean): ReturnType<typeof helmet> {
  const nonceOf = (_request: unknown, response: unknown): string =>
    `'nonce-${(response as Response<unknown, { nonce: string }>).locals.nonce}'`;
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        ...{
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'", nonceOf],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
        },
        ...{ connectSrc: ["'self'"], fontSrc: ["'self'"], formAction: ["'self'"], baseUri: ["'none'"] },
        ...{ frameAncestors: ["'none'"], manifestSrc: ["'self'"] },
        ...(isProduction ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: isProduction,
    referrerPolicy: { policy: 'same-origin' },
  });
}
