import { sqlMigration } from './sql-migration.ts';

/**
 * Ties what the bank is to show to the life of files: a file the bank did not take is shown by no statement, a file of
 * payments made again has no run, and what came back is a credit.
 */
export const ExpectWhatComesBack = sqlMigration(
  'ExpectWhatComesBack1790000000043',
  `
create or replace view payments.expected_on_bank with (security_invoker = true) as
  select f.authority_id, 'file'::text as source, f.id as document_id, 'debit'::text as direction, f.total as amount,
         f.input_day as day_from, coalesce(f.entry_day, r.entry_day) as day_due,
         array_remove(array[f.serial, f.run_id::text], null) as keys, f.name as label, f.run_id
    from payments.export_file f left join payments.run r on r.id = f.run_id
    left join payments.bank_file b on b.id = f.id
   where b.state is distinct from 'rejected' and b.state is distinct from 'not_arrived'
  union all
  select p.authority_id, 'return', p.id, 'credit', p.amount, p.arrived_on - 7, p.arrived_on,
         array[coalesce(p.order_id, p.reissue_id, p.voucher_id)::text],
         'Payment ' || coalesce(p.order_id, p.reissue_id, p.voucher_id) || ' that came back', null::bigint
    from payments.returned_payment p;

create or replace view payments.open_bank_business with (security_invoker = true) as
  select p.authority_id, 'return'::text as kind, p.id as document_id, p.arrived_on as since
    from payments.returned_payment p where p.state = 'open'
  union all
  select f.authority_id, 'file', f.id, f.input_day
    from payments.bank_file b join payments.export_file f on f.id = b.id where b.state in ('unknown', 'submitting');

-- Agencies reach nothing of this either.
select identity.close_to_partners('grants.second_look');
`,
  `
drop policy if exists closed_to_partners on grants.second_look;
create or replace view payments.open_bank_business with (security_invoker = true) as
  select f.authority_id, 'return'::text as kind, f.id as document_id, f.input_day as since from payments.export_file f where false;
create or replace view payments.expected_on_bank with (security_invoker = true) as
  select f.authority_id, 'file'::text as source, f.id as document_id, 'debit'::text as direction, f.total as amount,
         f.input_day as day_from, r.entry_day as day_due, array[f.serial, f.run_id::text] as keys, f.name as label, f.run_id
    from payments.export_file f join payments.run r on r.id = f.run_id;
`,
);
