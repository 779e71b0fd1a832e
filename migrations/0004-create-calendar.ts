import { sqlMigration } from './sql-migration.ts';

/** Makes the bank holidays of the three UK divisions: the same for every council, changed only by the operator. */
export const CreateCalendar = sqlMigration(
  'CreateCalendar1790000000004',
  `
create schema calendar;
grant usage on schema calendar to mainstay_app;
create table calendar.bank_holiday (
  division text not null constraint ck_holiday_division_is_known
    check (division in ('england-and-wales', 'scotland', 'northern-ireland')),
  day date not null,
  title text not null,
  constraint pk_bank_holiday primary key (division, day)
);
grant select on calendar.bank_holiday to mainstay_app;
`,
  `drop schema calendar cascade;`,
);
