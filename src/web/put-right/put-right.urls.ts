/** Where something is put right the same day. */
export const putRightUrls = {
  underpaid: '/families/:id/put-right',
  notArrived: '/payments/:id/put-right',
} as const;
