import { sqlMigration } from './sql-migration.ts';

/** Lets an award rest on the review that overturned a refusal, beside the three kinds of first decisions. */
export const AwardOnReview = sqlMigration(
  'AwardOnReview1790000000049',
  `
do $$
declare
  text_was text := pg_get_functiondef('grants.guard_award_rules()'::regprocedure);
  asks text := 'if not exists (select from approvals.request r where r.id = new.approval_id and r.kind = case';
  text_is text := replace(text_was, asks,
    'if not exists (select from approvals.request r where r.id = new.approval_id and r.kind = ''grant-review'') and ' || substr(asks, 4));
begin
  if text_was = text_is then raise exception 'guard_award_rules does not ask for the kind of approval as it did'; end if;
  execute text_is;
end $$;
`,
  '',
);
