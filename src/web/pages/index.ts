export { attempt, goTo, type PageAnswer, read, Redirect, show, View } from './answers.ts';
export { clearCookie, cookieOf, setCookie } from './cookies.ts';
export { day as writtenDay, dayLong, money as writtenMoney } from './formats.ts';
export { Page, type PageDeclared, Visiting } from './page.ts';
export { PagesModule } from './pages.module.ts';
export { GoElsewhere, KEPT_FORM, safeNext } from './sign-in-needed.ts';
export type { Form, FormValue, OpenVisit, PageFacts, Visit, VisitedRequest } from './visit.ts';
