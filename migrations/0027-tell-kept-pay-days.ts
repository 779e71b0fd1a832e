import { sqlMigration } from './sql-migration.ts';

const kinds = (more: string): string => `
alter table notices.notice drop constraint ck_notice_kind_is_known;
alter table notices.notice add constraint ck_notice_kind_is_known check (kind in
  ('pay-day', ${more}'amount', 'end', 'method', 'accommodation', 'early-payment', 'calendar', 'award', 'decision', 'remittance'));`;

/** Lets a family be told that its pay day, which was to move, stays as it is. */
export const TellKeptPayDays = sqlMigration('TellKeptPayDays1790000000027', kinds(`'pay-day-kept', `), kinds(''));
