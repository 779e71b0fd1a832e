export { Clock } from './clock/clock.ts';
export { type Config, configurationRefused, readConfig } from './config/config.ts';
export { FieldSeal } from './crypto/seal.ts';
export { databaseRefusal, explainRefusal, whenConstraintBreaks } from './database/constraint-problems.ts';
export { ownerDatabase } from './database/data-source.ts';
export { migrate } from './database/migrate.ts';
export {
  databaseNames,
  type DatabaseUrls,
  dropDatabase,
  embeddedUrls,
  provision,
  stopUnlessUsed,
} from './database/provision.ts';
export { type Announcement, type AuditEntry, Transaction } from './database/transaction.ts';
export { type Command, idempotencyKeyReused, UnitOfWork } from './database/unit-of-work.ts';
export { Drafts } from './drafts/drafts.ts';
export { type EmbeddedPostgres, freePort, startEmbeddedPostgres } from './embedded-postgres/embedded-postgres.ts';
export { RouteList } from './http/openapi.ts';
export { problemDocument, type ProblemDocument, ProblemFilter, ProblemPages } from './http/problem.filter.ts';
export { csvRow } from './http/csv-row.ts';
export { Authenticator, inputRefused, RouteGuard } from './http/route.guard.ts';
export { day, number, pageQuery, paragraphs, words } from './http/inputs.ts';
export { type Asked, AskedBy, Route, ROUTE, type RouteFacts } from './http/route.ts';
export { LOGGER, type Logger, makeLogger } from './logging/logger.ts';
export { CONFIG, PlatformModule, type ReadyConfig } from './platform.module.ts';
export { QueuePort, type QueuePlace, type Ring, TICK } from './queue/queue-port.ts';
