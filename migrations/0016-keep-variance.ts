import { sqlMigration } from './sql-migration.ts';

/** Keeps how each payment of a run differs from the family's last one: worked out once, when the run has been priced. */
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
-- What is held is looked at often and is little; without this, every look read the whole run.
create index ix_line_held on payments.line (run_id, hold_code) where status = 'held';
`,
  `drop index payments.ix_line_held; drop table payments.variance;`,
);
