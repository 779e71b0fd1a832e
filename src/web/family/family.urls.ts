/** Where a family finds its own page. No address says who it is. */
export const familyPageUrls = {
  page: '/f',
  byLink: '/f/:code',
  code: '/f/code',
  start: '/f/start',
  language: '/f/language',
  safe: '/f/safe',
  leave: '/f/leave',
  exit: '/f/exit',
  closed: '/f/closed',
  seen: '/f/notices/:id/seen',
  ask: '/f/ask',
  asked: '/f/asked',
  help: '/f/help',
  notArrived: '/f/not-arrived',
  messages: '/f/messages',
  letters: '/f/letters',
  letter: '/f/letters/:id',
  askAgain: '/f/asked/:id/again',
  calendar: '/f/calendar',
  calendarStop: '/f/calendar/stop',
  feed: '/f/calendar/:code.ics',
} as const;

/** A page nobody minds being seen on. */
export const NEUTRAL_PAGE = 'https://www.bbc.co.uk/weather';
