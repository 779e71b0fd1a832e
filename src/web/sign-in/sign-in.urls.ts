/** Where signing in happens. */
export const signInUrls = {
  signIn: '/sign-in',
  code: '/sign-in/code',
  firstTime: '/sign-in/first-time',
  authenticator: '/sign-in/authenticator',
  as: '/sign-in/as',
  signOut: '/sign-out',
  carryOn: '/carry-on',
  account: '/account',
  endSession: '/account/sessions/:id/end',
  newToken: '/account/tokens',
  endToken: '/account/tokens/:id/end',
} as const;
