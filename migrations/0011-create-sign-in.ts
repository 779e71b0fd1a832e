import { sqlMigration } from './sql-migration.ts';

/** Makes what signing in needs: a hashed password, a sealed authenticator key, a lock, and sessions that can be ended. */
export const CreateSignIn = sqlMigration(
  'CreateSignIn1790000000011',
  `
create table identity.credential (
  authority_id smallint not null,
  user_id bigint not null,
  password_hash text constraint ck_password_is_hashed check (password_hash ~ '^scrypt\\$[0-9]+\\$[0-9]+\\$[0-9]+\\$[A-Za-z0-9_-]{22,}\\$[A-Za-z0-9_-]{43,}$'),
  password_set_at timestamptz,
  totp_sealed bytea constraint ck_authenticator_key_is_sealed check (get_byte(totp_sealed, 0) = 1 and length(totp_sealed) >= 40),
  totp_confirmed_at timestamptz,
  -- The last code used, as its number of half minutes: a code works once.
  totp_step bigint not null default 0,
  failures smallint not null default 0 constraint ck_failures_are_counted check (failures >= 0),
  locked_until timestamptz,
  set_up_sha256 bytea constraint ck_set_up_code_is_hashed check (length(set_up_sha256) = 32),
  set_up_expires_at timestamptz,
  constraint pk_credential primary key (authority_id, user_id),
  constraint fk_credential_is_of_a_user foreign key (authority_id, user_id) references identity.user_account (authority_id, id),
  constraint ck_fifth_failure_locks check (failures < 5 or locked_until is not null),
  constraint ck_set_up_code_expires check (set_up_sha256 is null or set_up_expires_at is not null)
);

create table identity.session (
  id bigint not null default nextval('kernel.document_number') constraint pk_session primary key,
  authority_id smallint not null,
  user_id bigint not null,
  secret_sha256 bytea not null constraint uq_session_secret unique,
  started_at timestamptz not null default now(),
  -- Null until the second proof, the authenticator's code, was given.
  proven_at timestamptz,
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_because text,
  constraint fk_session_is_of_a_user foreign key (authority_id, user_id) references identity.user_account (authority_id, id),
  constraint ck_session_is_at_most_half_a_day check (expires_at <= started_at + interval '12 hours'),
  constraint ck_ended_session_says_why check ((ended_at is null) = (ended_because is null))
);
create index ix_session_by_user on identity.session (user_id) where ended_at is null;

-- A code works once, and a session that ended or changed hands never comes back.
create function identity.guard_credential() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.totp_step < old.totp_step then
    raise exception 'this code was used before' using errcode = 'MS001', constraint = 'guard_code_works_once';
  end if;
  return new;
end $$;
create trigger guard_credential before update on identity.credential for each row execute function identity.guard_credential();
create function identity.guard_session() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.ended_at is not null then
    raise exception 'this session has ended' using errcode = 'MS001', constraint = 'guard_ended_session_stays_ended';
  end if;
  if (new.user_id, new.authority_id, new.secret_sha256, new.started_at) is distinct from
     (old.user_id, old.authority_id, old.secret_sha256, old.started_at) or new.expires_at > old.expires_at then
    raise exception 'a session belongs to one person and is never drawn out'
      using errcode = 'MS001', constraint = 'guard_session_is_one_persons';
  end if;
  return new;
end $$;
create trigger guard_session before update on identity.session for each row execute function identity.guard_session();

select kernel.keep_in_council(t::regclass), kernel.never_delete(t::regclass)
  from unnest(array['identity.credential', 'identity.session']) t;
grant select, insert, update on identity.credential, identity.session to mainstay_app;
`,
  `drop table identity.session, identity.credential; drop function identity.guard_session, identity.guard_credential;`,
);
