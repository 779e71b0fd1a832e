import { sqlMigration } from './sql-migration.ts';

/** Lets councils print and post letters themselves, says why a notice was taken back, and serves the notices board. */
export const PrintLettersHere = sqlMigration(
  'PrintLettersHere1790000000025',
  `
alter table identity.authority add column letters_printed_here boolean not null default false;
grant update (letters_printed_here) on identity.authority to mainstay_app;

-- A notice that is taken back says when and why: after its last day, that is how a family keeps what it had.
alter table notices.notice
  add column withdrawn_on date,
  add column withdrawn_because text,
  add constraint ck_withdrawn_notice_says_why check
    ((state = 'withdrawn') = (withdrawn_on is not null) and (withdrawn_on is null or coalesce(length(btrim(withdrawn_because)), 0) > 0));
create index ix_notice_on_the_board on notices.notice (authority_id, state, needed_by, id);
create index ix_notice_confirmed on notices.notice (authority_id, needed_by, id) where confirmed_at is not null;

-- Letters a person of the council prints together and takes to the post.
create table notices.print_batch (
  id bigint not null default nextval('kernel.document_number'),
  authority_id smallint not null,
  version int not null default 1,
  state text not null default 'made',
  postage text not null constraint ck_print_batch_postage_is_known check (postage in ('first', 'second', 'economy')),
  letters int not null constraint ck_print_batch_can_be_carried check (letters between 1 and 250),
  made_by bigint not null,
  made_on date not null default kernel.today(),
  made_at timestamptz not null default now(),
  posted_by bigint,
  posted_on date,
  taken_back_because text,
  constraint pk_print_batch primary key (authority_id, id),
  constraint fk_print_batch_made_by_a_user foreign key (authority_id, made_by) references identity.user_account (authority_id, id),
  constraint fk_print_batch_posted_by_a_user foreign key (authority_id, posted_by) references identity.user_account (authority_id, id),
  constraint ck_posted_batch_says_who_and_when check
    ((state = 'posted') = (posted_on is not null) and (posted_on is null) = (posted_by is null)),
  constraint ck_batch_taken_back_says_why check
    (state <> 'taken_back' or coalesce(length(btrim(taken_back_because)), 0) > 0)
);
create index ix_print_batch_newest on notices.print_batch (authority_id, id desc);

insert into audit.state_edge values
  ('print_batch', '', 'make', 'made'),
  ('print_batch', 'made', 'post', 'posted'),
  ('print_batch', 'made', 'take_back', 'taken_back');
create trigger guard_states before insert or update of state on notices.print_batch
  for each row execute function audit.follow_states('print_batch');

create function notices.guard_print_batch() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.made_by is distinct from kernel.current_actor() or new.made_on <> kernel.today() then
      raise exception 'a batch is made today, by who makes it'
        using errcode = 'MS001', constraint = 'guard_batch_is_made_by_who_acts';
    end if;
    return new;
  end if;
  if (new.postage, new.letters, new.made_by, new.made_on) is distinct from (old.postage, old.letters, old.made_by, old.made_on)
     or old.state <> 'made' then
    raise exception 'batch % stands as it was made', new.id
      using errcode = 'MS001', constraint = 'guard_batch_stands_as_made';
  end if;
  if new.state = 'posted' then
    if new.posted_on <> kernel.today() or new.posted_on < new.made_on or new.posted_by is distinct from kernel.current_actor() then
      raise exception 'a batch is posted on the day somebody says so, by who says so'
        using errcode = 'MS001', constraint = 'guard_batch_is_posted_today';
    end if;
    if (select count(*) from notices.attempt a where a.authority_id = new.authority_id and a.print_batch_id = new.id) <> new.letters then
      raise exception 'batch % does not hold its letters', new.id
        using errcode = 'MS001', constraint = 'guard_batch_holds_its_letters';
    end if;
  end if;
  return new;
end $$;
create trigger guard_print_batch before insert or update on notices.print_batch
  for each row execute function notices.guard_print_batch();

alter table notices.attempt
  add column print_batch_id bigint,
  add constraint fk_letter_printed_in_a_batch foreign key (authority_id, print_batch_id) references notices.print_batch (authority_id, id);
create index ix_attempt_of_a_batch on notices.attempt (authority_id, print_batch_id) where print_batch_id is not null;
create index ix_letter_waiting on notices.attempt (authority_id, id) where channel = 'letter' and state = 'queued';
create index ix_letter_to_ask_after on notices.attempt (authority_id, polled_at) where channel = 'letter' and state = 'accepted';
create index ix_letter_came_back on notices.attempt (authority_id, notice_id)
  where channel = 'letter' and state = 'delivered' and provider_status = 'failed-permanently';
create index ix_attempt_failed on notices.attempt (authority_id, notice_id) where state = 'failed';
create index ix_attempt_sent on notices.attempt (authority_id, sent_at) where sent_at is not null;

create function notices.batch_is(authority smallint, batch bigint, wanted text) returns boolean
  language sql stable set search_path = '' as $$
  select exists (select from notices.print_batch b where b.authority_id = authority and b.id = batch and b.state = wanted) $$;

create function notices.guard_sending() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.print_batch_id is not null then
      raise exception 'a letter is written before it is printed'
        using errcode = 'MS001', constraint = 'guard_letter_is_printed_in_a_batch';
    end if;
    -- What failed is tried again only once the family's details were put right.
    if new.channel in ('sms', 'email', 'letter') and exists (select from notices.attempt a
         where a.authority_id = new.authority_id and a.notice_id = new.notice_id and a.channel = new.channel
           and a.state = 'failed' and a.destination = new.destination) then
      raise exception 'notice % failed by % to the same place', new.notice_id, new.channel
        using errcode = 'MS001', constraint = 'guard_failed_way_goes_somewhere_else';
    end if;
    return new;
  end if;
  if new.print_batch_id is distinct from old.print_batch_id and not (case
       when old.print_batch_id is null
         then new.channel = 'letter' and old.state = 'queued' and new.state = 'sending' and exists (select from notices.print_batch b
                where b.authority_id = new.authority_id and b.id = new.print_batch_id and b.state = 'made' and b.postage = new.postage)
       else new.print_batch_id is null and old.state = 'sending' and new.state = 'queued'
         and notices.batch_is(new.authority_id, old.print_batch_id, 'taken_back') end) then
    raise exception 'attempt % is no letter waiting to be printed', new.id
      using errcode = 'MS001', constraint = 'guard_letter_is_printed_in_a_batch';
  end if;
  if old.state <> 'accepted' and new.state = 'accepted' and not (case
       when new.print_batch_id is null then new.provider_id is not null
       else new.provider_id is null and new.arrives_earliest > new.sent_on and exists (select from notices.print_batch b
              where b.authority_id = new.authority_id and b.id = new.print_batch_id and b.state = 'posted'
                and b.posted_on = new.sent_on) end) then
    raise exception 'nobody took attempt % in: neither Notify nor the post', new.id
      using errcode = 'MS001', constraint = 'guard_message_is_taken_in';
  end if;
  if new.channel = 'letter' and old.received_on is null and new.received_on is not null and old.sent_on is null then
    raise exception 'letter % arrives after it was sent', new.id
      using errcode = 'MS001', constraint = 'guard_letter_arrives_after_it_was_sent';
  end if;
  return new;
end $$;
create trigger guard_sending before insert or update on notices.attempt for each row execute function notices.guard_sending();

select kernel.keep_in_council('notices.print_batch'::regclass), kernel.never_delete('notices.print_batch'::regclass);
grant select, insert, update on notices.print_batch to mainstay_app;
`,
  `
drop trigger guard_sending on notices.attempt;
drop function notices.guard_sending;
drop function notices.batch_is;
alter table notices.attempt drop column print_batch_id;
drop table notices.print_batch;
drop function notices.guard_print_batch;
alter table notices.notice drop column withdrawn_on, drop column withdrawn_because;
alter table identity.authority drop column letters_printed_here;
`,
);
