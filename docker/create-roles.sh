#!/usr/bin/env bash
# Makes the two roles and the database, once, when Postgres starts on an empty volume. Passwords come from the environment.
#
# mainstay_owner owns the database and its schemas and runs migrations. mainstay_app is what web and worker are: it owns
# nothing. Neither is a superuser and neither may bypass row-level security, so a council's rows stay the council's.
set -euo pipefail
: "${MAINSTAY_OWNER_PASSWORD:?is needed}" "${MAINSTAY_APP_PASSWORD:?is needed}"
export MAINSTAY_OWNER_PASSWORD MAINSTAY_APP_PASSWORD

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres <<'SQL'
\getenv owner_password MAINSTAY_OWNER_PASSWORD
\getenv app_password MAINSTAY_APP_PASSWORD
create role mainstay_owner login nosuperuser nocreatedb nocreaterole nobypassrls noreplication password :'owner_password';
create role mainstay_app login nosuperuser nocreatedb nocreaterole nobypassrls noreplication password :'app_password';
create database mainstay owner mainstay_owner;
revoke connect on database mainstay from public;
grant connect on database mainstay to mainstay_app;
SQL
