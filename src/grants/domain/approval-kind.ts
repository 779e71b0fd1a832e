/** As what an application is approved: each has its own delegated limits. */
export type GrantApproval = 'grant-award' | 'grant-emergency' | 'grant-variation';

/** Says as what an application is approved, for whoever proposes, decides or looks for who can. */
export function approvalKindOf(application: {
  readonly topsUp: string | null;
  readonly emergencyReason: string | null;
}): GrantApproval {
  if (application.emergencyReason !== null) return 'grant-emergency';
  return application.topsUp === null ? 'grant-award' : 'grant-variation';
}
