import { sqlMigration } from './sql-migration.ts';

const AWARDING = `('grant-award', 'grant-emergency', 'grant-variation')`;
const WITH_REVIEWS = `('grant-award', 'grant-emergency', 'grant-variation', 'grant-review')`;

/**
 * Gives every family an answer it understands, and a second look at it: where else to go, what it was told of each decision,
 * and the reviews it asked for.
 *
 * A decision is told in the transaction that takes it. A review that overturns a refusal awards on its own approval; the
 * refusal stays on record as it was.
 */
export const ExplainAndReview = sqlMigration(
  'ExplainAndReview1790000000038',
  `
-- Days a family has to ask for a review, and working days in which it is answered.
alter table identity.authority
  add column review_ask_days smallint not null default 28
    constraint ck_authority_review_ask_days_are_sane check (review_ask_days between 14 and 180),
  add column review_answer_days smallint not null default 10
    constraint ck_authority_review_answer_days_are_sane check (review_answer_days between 1 and 40);
grant update (review_ask_days, review_answer_days) on identity.authority to mainstay_app;

-- Where else families get help, as the council keeps it. Who helps no more is ended, never changed.
create table grants.signpost (
  id bigint not null default nextval('kernel.document_number') constraint pk_signpost primary key,
  authority_id smallint not null,
  name text not null constraint ck_signpost_has_a_name check (length(btrim(name)) between 1 and 120),
  does text not null constraint ck_signpost_says_what_it_does check (length(btrim(does)) between 1 and 300),
  phone text constraint ck_signpost_phone_is_a_number check (phone ~ '^[+0-9][0-9 ]{2,19}$'),
  web text constraint ck_signpost_web_is_an_address check (web ~ '^https?://[^[:space:]]{3,200}$'),
  area text not null default '',
  -- Categories of what families need; 'any' is for every need.
  needs text[] not null constraint ck_signpost_is_for_some_need check (cardinality(needs) > 0 and array_position(needs, null) is null),
  added_by bigint,
  added_on date not null default kernel.today(),
  ended_by bigint,
  ended_on date,
  ended_because text constraint ck_ended_signpost_says_why check (length(btrim(ended_because)) > 0),
  constraint ck_signpost_can_be_reached check (num_nonnulls(phone, web) > 0),
  constraint ck_signpost_is_ended_whole check (num_nonnulls(ended_by, ended_on, ended_because) in (0, 3)),
  constraint fk_signpost_added_by_a_user foreign key (authority_id, added_by) references identity.user_account (authority_id, id),
  constraint fk_signpost_ended_by_a_user foreign key (authority_id, ended_by) references identity.user_account (authority_id, id)
);
create index ix_signpost_in_force on grants.signpost (authority_id, id) where ended_on is null;
create function grants.guard_signpost() returns trigger language plpgsql set search_path = '' as $$
declare who bigint := case tg_op when 'INSERT' then new.added_by else new.ended_by end;
begin
  if tg_op = 'INSERT' and new.ended_on is not null
     or tg_op = 'UPDATE' and (old.ended_on is not null or new.ended_on is distinct from kernel.today()
       or to_jsonb(new) - '{ended_by,ended_on,ended_because}'::text[] <> to_jsonb(old) - '{ended_by,ended_on,ended_because}'::text[]) then
    raise exception 'signpost % stands as added, and is ended once', new.id
      using errcode = 'MS001', constraint = 'guard_signpost_stands_as_added';
  end if;
  -- What a council starts with is the operator's, who is nobody of it.
  if who is distinct from kernel.current_actor() or (who is not null and not exists (select from identity.user_role r
       where r.user_id = who and r.removed_at is null and r.role in ('administrator', 'manager'))) then
    raise exception 'signposts are kept by administrators and managers, in person'
      using errcode = 'MS001', constraint = 'guard_signpost_is_kept_by_who_may';
  end if;
  return new;
end $$;
create trigger guard_signpost before insert or update on grants.signpost for each row execute function grants.guard_signpost();

-- What a family was told of a decision: the notice has the words, frozen.
create table grants.answer (
  id bigint not null default nextval('kernel.document_number') constraint pk_answer primary key,
  authority_id smallint not null,
  application_id bigint not null,
  family_id bigint not null,
  -- Which decision; none where what was awarded is not paid after all.
  approval_id bigint constraint ck_answer_is_of_a_decision check ((approval_id is null) = (what = 'cancelled')),
  what text not null constraint ck_answer_is_of_a_known_sort check (what in ('awarded', 'declined', 'upheld', 'overturned', 'cancelled')),
  notice_id bigint not null,
  -- The last day to ask for a review; none where everything was given, or after a review.
  review_by date,
  told_on date not null default kernel.today(),
  constraint uq_answer_once_a_decision unique (approval_id),
  constraint uq_answer_has_its_own_notice unique (authority_id, notice_id),
  constraint uq_answer_with_its_application unique (authority_id, id, application_id, family_id),
  constraint fk_answer_of_an_application foreign key (authority_id, application_id) references grants.application (authority_id, id),
  constraint fk_answer_of_a_decision foreign key (authority_id, approval_id) references approvals.request (authority_id, id),
  constraint fk_answer_is_a_notice foreign key (authority_id, notice_id, family_id) references notices.notice (authority_id, id, family_id)
);
create index ix_answer_by_application on grants.answer (application_id, id);
create function grants.says_something(texts jsonb) returns boolean language sql immutable set search_path = '' as $$
  select case when jsonb_typeof(texts) = 'array'
    then jsonb_array_length(texts) > 0 and not exists (select from jsonb_array_elements_text(texts) t where btrim(t) = '')
    else false end $$;
create function grants.guard_answer() returns trigger language plpgsql set search_path = '' as $$
declare
  told jsonb;
  decided record;
  was text;
begin
  select n.facts, n.kind into told, was from notices.notice n where n.authority_id = new.authority_id and n.id = new.notice_id;
  if new.what = 'cancelled' then
    if was is distinct from 'award' or new.review_by is not null or not grants.says_something(told -> 'cancelled' -> 'reasons') then
      raise exception 'a payment that is not made is told with its reasons'
        using errcode = 'MS001', constraint = 'guard_cancellation_explains_itself';
    end if;
    return new;
  end if;
  select d.*, r.kind as of_kind, r.amount as asked into decided
    from approvals.request r join approvals.decision d on d.request_id = r.id
    join grants.application a on a.id = new.application_id and a.family_id = new.family_id
   where r.id = new.approval_id and r.kind in ${WITH_REVIEWS} and r.subject_id = a.id
     and d.outcome = case when new.what in ('awarded', 'overturned') then 'approved' else 'declined' end
     and case when new.what in ('upheld', 'overturned') then r.kind = 'grant-review' else new.what = 'awarded' or r.kind <> 'grant-review' end;
  if not found or decided.decided_by is distinct from kernel.current_actor() then
    raise exception 'answer % is of no such decision', new.id using errcode = 'MS001', constraint = 'guard_answer_is_of_its_decision';
  end if;
  if new.what in ('declined', 'upheld') and decided.decided_role <> 'manager' then
    raise exception 'a refusal is signed by a manager' using errcode = 'MS001', constraint = 'guard_refusal_is_signed_by_a_manager';
  end if;
  if was is distinct from (case new.what when 'awarded' then 'award' else 'decision' end)
     or coalesce(told ->> 'reviewBy', told -> 'less' ->> 'reviewBy') is distinct from new.review_by::text then
    raise exception 'notice % tells something else', new.notice_id using errcode = 'MS001', constraint = 'guard_answer_is_what_its_notice_tells';
  end if;
  if new.what in ('declined', 'upheld') and (told ->> 'outcome' is distinct from 'declined' or not grants.says_something(told -> 'reasons')
       or not grants.says_something(told -> 'whatWouldChangeIt') or not grants.says_something(told -> 'elsewhere'))
     or new.what = 'overturned' and (told ->> 'outcome' is distinct from 'approved' or not grants.says_something(told -> 'reasons'))
     or new.what = 'awarded' and (told ->> 'amount')::numeric < decided.asked and not coalesce(grants.says_something(told -> 'less' -> 'reasons'), false) then
    raise exception 'a refusal says why, what would change it and where else to go'
      using errcode = 'MS001', constraint = 'guard_refusal_explains_itself';
  end if;
  if (new.what = 'declined' or (new.what = 'awarded' and decided.of_kind <> 'grant-review' and (told ->> 'amount')::numeric < decided.asked))
     and coalesce(new.review_by < kernel.today() + (select a.review_ask_days from identity.authority a where a.authority_id = new.authority_id), true) then
    raise exception 'a family has the council''s days to ask for a review'
      using errcode = 'MS001', constraint = 'guard_answer_gives_the_councils_days';
  end if;
  return new;
end $$;
create trigger guard_answer before insert on grants.answer for each row execute function grants.guard_answer();

-- Asked at the commit: who was decided about is told, and the notice is on its way.
create function grants.guard_told() returns trigger language plpgsql set search_path = '' as $$
declare approval bigint := (to_jsonb(new) ->> 'approval_id')::bigint;
begin
  if not exists (select from grants.answer w join notices.notice n on n.authority_id = w.authority_id and n.id = w.notice_id
       where w.approval_id = approval and n.state not in ('drafted', 'withdrawn')
         and (w.what = new.state or (w.what = 'awarded' and new.state = 'overturned'))) then
    raise exception 'the family is not told of decision %', approval using errcode = 'MS001', constraint = 'guard_decision_is_told';
  end if;
  return null;
end $$;
create constraint trigger guard_decision_is_told after update of state on grants.application deferrable initially deferred
  for each row when (new.state in ('awarded', 'declined') and old.state <> new.state) execute function grants.guard_told();

-- Asked at the commit too: nobody finds out at the till that a payment is not made.
create function grants.guard_cancellation_told() returns trigger language plpgsql set search_path = '' as $$
begin
  if not exists (select from grants.award a join grants.answer w on w.application_id = a.application_id and w.what = 'cancelled' and w.told_on = kernel.today()
       join notices.notice n on n.authority_id = w.authority_id and n.id = w.notice_id and n.state not in ('drafted', 'withdrawn')
      where a.id = new.award_id) then
    raise exception 'the family is not told that instalment % is not paid', new.id
      using errcode = 'MS001', constraint = 'guard_cancellation_is_told';
  end if;
  return null;
end $$;
create constraint trigger guard_cancellation_is_told after update of state on grants.instalment deferrable initially deferred
  for each row when (new.state = 'cancelled' and old.state <> 'cancelled') execute function grants.guard_cancellation_told();

create function grants.guard_notice() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from grants.answer w where w.authority_id = new.authority_id and w.notice_id = new.id) then
    raise exception 'notice % tells a decision that was taken', new.id
      using errcode = 'MS001', constraint = 'guard_told_decision_is_not_taken_back';
  end if;
  return new;
end $$;
create trigger guard_told_decision before update of state on notices.notice for each row
  when (new.state = 'withdrawn' and old.state <> 'withdrawn') execute function grants.guard_notice();

-- A second look, by somebody who had no part in the first.
create table grants.review (
  id bigint not null default nextval('kernel.document_number') constraint pk_review primary key,
  authority_id smallint not null,
  version int not null default 1,
  application_id bigint not null,
  family_id bigint not null,
  answer_id bigint not null,
  state text not null default 'asked',
  -- Who wrote the request down; nobody where the family asked on its own page.
  asked_by bigint,
  asked_on date not null default kernel.today(),
  words text not null default '',
  late_reason text constraint ck_late_review_says_why check (length(btrim(late_reason)) > 0),
  due_on date not null constraint ck_review_is_due_after_it_is_asked check (due_on > asked_on),
  passed_on_by bigint,
  note text not null default '',
  approval_id bigint,
  reviewed_by bigint,
  reasons text not null default '' constraint ck_settled_review_says_why
    check (state not in ('upheld', 'overturned') or length(btrim(reasons)) > 0),
  constraint ck_review_in_hand_was_passed_on check (state in ('asked', 'withdrawn') or num_nonnulls(passed_on_by, approval_id) = 2),
  constraint fk_review_of_an_answer foreign key (authority_id, answer_id, application_id, family_id)
    references grants.answer (authority_id, id, application_id, family_id),
  constraint fk_review_asked_by_a_user foreign key (authority_id, asked_by) references identity.user_account (authority_id, id),
  constraint fk_review_passed_on_by_a_user foreign key (authority_id, passed_on_by) references identity.user_account (authority_id, id),
  constraint fk_review_approval foreign key (authority_id, approval_id) references approvals.request (authority_id, id),
  constraint fk_review_by_a_user foreign key (authority_id, reviewed_by) references identity.user_account (authority_id, id)
);
create unique index uq_review_once_an_answer on grants.review (answer_id) where state <> 'withdrawn';
create index ix_review_open on grants.review (authority_id, due_on, id) where state in ('asked', 'in_review');
create index ix_review_by_application on grants.review (application_id, id);
insert into audit.state_edge values
  ('application', 'declined', 'overturn', 'awarded'),
  ('review', '', 'ask', 'asked'),
  ('review', 'asked', 'pass_on', 'in_review'),
  ('review', 'in_review', 'uphold', 'upheld'),
  ('review', 'in_review', 'overturn', 'overturned'),
  ('review', 'asked', 'withdraw', 'withdrawn'),
  ('review', 'in_review', 'withdraw', 'withdrawn');
create trigger guard_states before insert or update of state on grants.review
  for each row execute function audit.follow_states('review');

-- Everybody who had a part in an application before its review: wrote on it, recommended, signed, decided, stood aside.
create function grants.who_had_a_part(application bigint) returns setof bigint language sql stable set search_path = '' as $$
  select t.user_id from grants.touch t where t.application_id = application
  union select c.resolved_by from grants.check_result c where c.application_id = application and c.resolved_by is not null
  union select p.who from approvals.request r
    cross join lateral (select r.proposed_by as who
      union all select x.who from approvals.decision d cross join lateral (values (d.decided_by), (d.in_name_of)) x(who) where d.request_id = r.id
      union all select x.who from approvals.signature s cross join lateral (values (s.decided_by), (s.in_name_of)) x(who) where s.request_id = r.id
      union all select c.person_id from approvals.conflict_of_interest c where c.request_id = r.id and c.declared = 'conflict') p
   where r.subject_id = application and r.kind in ${AWARDING} $$;

create function grants.guard_review() returns trigger language plpgsql set search_path = '' as $$
declare decided record;
begin
  if tg_op = 'INSERT' then
    if new.state <> 'asked' or new.asked_by is distinct from kernel.current_actor() or new.asked_on is distinct from kernel.today() then
      raise exception 'a review is asked for today, in person' using errcode = 'MS001', constraint = 'guard_review_is_asked_in_person';
    end if;
    if not exists (select from grants.answer w where w.id = new.answer_id and w.review_by is not null) then
      raise exception 'answer % is not one to be reviewed', new.answer_id using errcode = 'MS001', constraint = 'guard_answer_can_be_reviewed';
    end if;
    if (select w.review_by from grants.answer w where w.id = new.answer_id) < new.asked_on and num_nonnulls(new.late_reason, new.asked_by) < 2 then
      raise exception 'the last day to ask has passed: a person takes it in and says why'
        using errcode = 'MS001', constraint = 'guard_late_review_is_taken_in_by_a_person';
    end if;
    return new;
  end if;
  if to_jsonb(new) - '{state,version,passed_on_by,note,approval_id,reviewed_by,reasons}'::text[]
     <> to_jsonb(old) - '{state,version,passed_on_by,note,approval_id,reviewed_by,reasons}'::text[]
     or (old.state <> 'asked' and (new.passed_on_by, new.note, new.approval_id) is distinct from (old.passed_on_by, old.note, old.approval_id))
     or (old.state <> 'in_review' and (new.reviewed_by, new.reasons) is distinct from (old.reviewed_by, old.reasons)) then
    raise exception 'review % stands as asked', new.id using errcode = 'MS001', constraint = 'guard_review_stands_as_asked';
  end if;
  if new.state = 'in_review' and old.state = 'asked' and not exists (select from approvals.request r
       where r.id = new.approval_id and r.kind = 'grant-review' and r.subject_id = new.application_id and r.state = 'open'
         and r.proposed_by = new.passed_on_by and not exists (select from grants.who_had_a_part(new.application_id) w where w <> all (r.touched))) then
    raise exception 'review % is not put forward with the names of all who had a part', new.id
      using errcode = 'MS001', constraint = 'guard_review_names_who_had_a_part';
  end if;
  if new.state in ('upheld', 'overturned') and old.state = 'in_review' then
    select d.* into decided from approvals.decision d join approvals.request r on r.id = d.request_id and r.state = d.outcome
     where d.request_id = new.approval_id and d.outcome = case new.state when 'overturned' then 'approved' else 'declined' end;
    if not found or decided.decided_by is distinct from new.reviewed_by then
      raise exception 'review % has no such decision', new.id using errcode = 'MS001', constraint = 'guard_review_follows_its_decision';
    end if;
    if exists (select from grants.who_had_a_part(new.application_id) w where w in (decided.decided_by, decided.in_name_of)) then
      raise exception 'whoever had a part in the decision does not review it'
        using errcode = 'MS001', constraint = 'guard_reviewer_is_another_person';
    end if;
    if decided.limit_amount < decided.amount then
      raise exception 'a review is settled by somebody whose limit reaches as far as what was asked'
        using errcode = 'MS001', constraint = 'guard_reviewer_reaches_as_far';
    end if;
  end if;
  return new;
end $$;
create trigger guard_review before insert or update on grants.review for each row execute function grants.guard_review();
create constraint trigger guard_decision_is_told after update of state on grants.review deferrable initially deferred
  for each row when (new.state in ('upheld', 'overturned') and old.state <> new.state) execute function grants.guard_told();

-- A refusal becomes an award by its review alone.
create function grants.guard_overturned() returns trigger language plpgsql set search_path = '' as $$
begin
  if not exists (select from grants.review v where v.application_id = new.id and v.state = 'overturned'
       and v.approval_id = new.approval_id and v.reviewed_by = new.decided_by) then
    raise exception 'application % was not overturned', new.id using errcode = 'MS001', constraint = 'guard_refusal_is_overturned_by_its_review';
  end if;
  return new;
end $$;
create trigger guard_overturned before update of state on grants.application for each row
  when (old.state = 'declined' and new.state = 'awarded') execute function grants.guard_overturned();

-- Changes functions in the one place where they meant the first decision alone, whatever else they say by now.
create function kernel.amend_function(which regprocedure, was text, becomes text) returns void language plpgsql as $$
declare
  text_was text := pg_get_functiondef(which);
  text_is text := replace(text_was, was, becomes);
begin
  if text_was = text_is then raise exception 'function % does not say "%"', which, was; end if;
  execute text_is;
end $$;
select kernel.amend_function('grants.guard_application()', 'new.state <> old.state and new.state in (''awarded''',
  'new.state <> old.state and old.state <> ''declined'' and new.state in (''awarded''');
select kernel.amend_function('grants.guard_item()', 'if stage <> ''recommended'' then',
  'if stage <> ''recommended'' and not (stage = ''declined'' and old.awarded is null
       and exists (select from grants.review v where v.application_id = new.application_id and v.state = ''overturned'')) then');
select kernel.amend_function(f::regprocedure, $w$${AWARDING}$w$, $w$${WITH_REVIEWS}$w$)
  from unnest(array['grants.guard_award()', 'grants.guard_transfers()', 'payments.guard_other_transfers()']) f;
drop function kernel.amend_function;

select kernel.keep_in_council(t::regclass), kernel.never_delete(t::regclass) from unnest(array['grants.signpost', 'grants.review']) t;
select kernel.keep_in_council('grants.answer'), kernel.append_only('grants.answer');
grant select, insert on grants.signpost, grants.answer, grants.review to mainstay_app;
grant update (ended_by, ended_on, ended_because) on grants.signpost to mainstay_app;
grant update (state, version, passed_on_by, note, approval_id, reviewed_by, reasons) on grants.review to mainstay_app;
`,
  `drop trigger guard_told_decision on notices.notice; drop trigger guard_decision_is_told on grants.application;
   drop trigger guard_overturned on grants.application; drop trigger guard_cancellation_is_told on grants.instalment; drop table grants.review, grants.answer, grants.signpost;
   drop function grants.guard_review, grants.who_had_a_part, grants.guard_notice, grants.guard_told, grants.guard_cancellation_told, grants.guard_answer,
     grants.says_something, grants.guard_signpost, grants.guard_overturned;
   alter table identity.authority drop column review_ask_days, drop column review_answer_days;`,
);
