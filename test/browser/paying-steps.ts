import type { Person } from './person.ts';
import type { Town } from './town.ts';

/** Takes what is due through a grants run: opened, priced, sent, approved, posted, its file saved. @returns the file */
export async function paysInAGrantsRun(town: Town, payDate: string, total: string): Promise<string> {
  const finance = await town.at('finance');
  await finance.opens('/');
  await finance.follows(/^Payments/);
  await finance.follows('a grants run');
  await finance.isOn('Open a grants run');
  await finance.writesDay('On which day is the money to arrive?', payDate);
  await finance.presses('Open this run');
  return runsThrough(town, finance, total);
}

/** Takes the run finance looks at from its pricing to its file, by three people. @returns the file */
export async function runsThrough(town: Town, finance: Person, total: string): Promise<string> {
  await finance.reads('There is nothing to do until it is done.');
  await town.meanwhile();
  await finance.looksAgain('Send for approval');
  await finance.reads(total);
  await finance.follows('Send for approval');
  await finance.presses('Send');
  await approvesTheRun(await town.at('manager'), total);
  await postsTheRun(await town.at('releaser'), total);
  await town.meanwhile();
  await finance.follows('Summary');
  await finance.reads('File ready');
  return (await finance.saves(/^Download/)).toString('latin1');
}

async function approvesTheRun(manager: Person, total: string): Promise<void> {
  await manager.opens('/');
  await manager.follows(/^Waiting/);
  await manager.follows(/^Grants run of/);
  await manager.follows('Decide on this run');
  await manager.reads(total);
  await manager.chooses('Approve it');
  await manager.presses('Decide');
  await manager.reads('A releaser, a third person, posts the run.');
}

async function postsTheRun(releaser: Person, total: string): Promise<void> {
  await releaser.opens('/');
  await releaser.follows(/\d{4}/, 'Yours to do');
  await releaser.follows('Post this run');
  await releaser.reads('There is no way back.', total);
  await releaser.chooses('Yes, make');
  await releaser.presses('Post this run');
}
