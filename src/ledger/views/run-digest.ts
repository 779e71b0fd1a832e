/** Writes the question that digests a run's payments in document order: the same for sealing and for proving. */
export function runDigest(runId: string): string {
  return `select count(*)::int as n, coalesce(sum(amount), 0) as total,
     sha256(convert_to(coalesce(string_agg(document_id || ':' || debit_account || ':' || credit_account || ':' || amount || ':' || effective_date,
       ',' order by document_id), ''), 'UTF8')) as digest
   from ledger.transfer where run_id = ${runId} and kind = 4`;
}
