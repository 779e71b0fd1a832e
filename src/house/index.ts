export { BooksModule } from './books.module.ts';
export { HouseModule } from './house.module.ts';
export { bringUpToDate, type Prepared, prepareDatabase } from './prepare.ts';
export { type CouncilToSetUp, OPERATOR_EMAIL, setUpCouncil } from './set-up-council.ts';
export { type RunningWorker, startWorker } from './start-worker.ts';
export { openHouse } from './start.ts';
export { type BookCheck, bookChecks, type Verified, verifyAll, verifyCouncil } from './verify.ts';
export { VerifyBooks, verifyBooks } from './verify-books.job.ts';
