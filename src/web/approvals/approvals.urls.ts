/** Where people see their limits, name stand-ins, say what interests they have, and where the rules of approvals are set. */
export const approvalUrls = {
  mine: '/my-limits',
  newStandIn: '/my-limits/stand-ins/new',
  endStandIn: '/my-limits/stand-ins/:id/end',
  request: '/approvals/:id',
  conflict: '/approvals/:id/conflict',
  signatures: '/administration/signatures',
  newSignatures: '/administration/signatures/new',
  signature: '/administration/signatures/:id',
  closed: '/administration/closed-approvals',
  close: '/administration/closed-approvals/new',
  lift: '/administration/closed-approvals/:id/lift',
} as const;
