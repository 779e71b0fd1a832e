import { sqlMigration } from './sql-migration.ts';

/**
 * Keeps what people look at of a run, worked out once when it has been priced: how each payment differs from the family's
 * last one, and what each fund pays.
 */
export const KeepVariance = sqlMigration(
  'KeepVariance1790000000016',
  `
create table payments.variance (
  run_id bigint not null,
  round int not null,
  source_id bigint not null,
  family_id bigint not null,
  line_id bigint,
  authority_id smallint not null,
  kinds text[] not null constraint ck_variance_kinds_are_known check
    (cardinality(kinds) > 0 and kinds <@ array['new', 'stopped', 'more', 'less', 'payee']),
  before_amount kernel.gbp,
  now_amount kernel.gbp,
  constraint pk_variance primary key (run_id, round, source_id),
  constraint fk_variance_of_a_run foreign key (authority_id, run_id) references payments.run (authority_id, id),
  constraint ck_new_payment_has_none_before check (('new' = any (kinds)) = (before_amount is null)),
  constraint ck_stopped_payment_has_no_line check
    (('stopped' = any (kinds)) = (line_id is null) and (line_id is null) = (now_amount is null)),
  constraint ck_variance_goes_the_way_it_says check
    (('more' = any (kinds)) = coalesce(now_amount > before_amount, false)
     and ('less' = any (kinds)) = coalesce(now_amount < before_amount, false))
);
select kernel.keep_in_council('payments.variance'), kernel.append_only('payments.variance');
grant select, insert on payments.variance to mainstay_app;
create index ix_variance_by_family on payments.variance (run_id, round, family_id);

-- What a page shows of a run is found without reading all its lines: what is held, and the next families in order.
create index ix_line_held on payments.line (run_id, hold_code) where status = 'held';
create index ix_line_by_family on payments.line (run_id, family_id) where status <> 'void';
-- What each fund pays, added up with the run's total and by the same steps; null on runs priced before this was kept.
alter table payments.run add column by_fund jsonb;
`,
  `alter table payments.run drop column by_fund; drop index payments.ix_line_by_family, payments.ix_line_held;
   drop table payments.variance;`,
);
