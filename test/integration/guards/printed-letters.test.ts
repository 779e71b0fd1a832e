import { copyOf } from '../../support/attack.ts';
import { type Attack, type GuardScene, itRefuses } from '../../support/guard-scene.ts';
import { noticesScene } from '../../support/notices-scene.ts';

let scene: GuardScene;
beforeAll(async () => (scene = await noticesScene()));
afterAll(() => scene.house.close());

const UUID = '11111111-1111-4111-8111-111111111111';
const batch = (changes: Record<string, string> = {}): string => {
  const row = {
    id: '6666',
    authority_id: '{ours}',
    postage: `'second'`,
    letters: '1',
    made_by: '{finance}',
    ...changes,
  };
  return `insert into notices.print_batch (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')});`;
};
const letter = (changes: object = {}): string =>
  `${copyOf('notices.attempt', 'id = {queuedAttempt}', {
    ...{ id: 5555, state: 'queued', channel: 'letter', postage: 'second', destination: '1 High Street\nSE1 1AA' },
    ...{ reference: UUID, ...changes },
  })};`;
const setBatch = (what: string): string => `update notices.print_batch set ${what} where id = 6666;`;
const setLetter = (what: string): string => `update notices.attempt set ${what} where id = 5555;`;
const inBatch = `${letter()} ${batch()} ${setLetter(`state = 'sending', print_batch_id = 6666`)}`;
const posted = setBatch(`state = 'posted', posted_on = kernel.today(), posted_by = {finance}`);
const accepted = (earliest = 'kernel.today() + 2'): string =>
  setLetter(
    `state = 'accepted', sent_at = now(), sent_on = kernel.today(), arrives_earliest = ${earliest}, arrives_latest = kernel.today() + 4`,
  );

const back = ({ on = 'kernel.today()', by = '{finance}', state = 'failed' }): string =>
  setLetter(`state = '${state}', failure = 'It came back', came_back_on = ${on}, came_back_by = ${by}`);

const ofBatches: Attack[] = [
  ['pk_print_batch', 'the same batch twice', `${batch()} ${batch()}`],
  ['ck_print_batch_postage_is_known', 'a batch by pigeon post', batch({ postage: `'pigeon'` })],
  ['ck_print_batch_can_be_carried', 'a batch of nothing', batch({ letters: '0' })],
  ['ck_print_batch_can_be_carried', 'a batch nobody can carry', batch({ letters: '251' })],
  ['guard_batch_is_made_by_who_acts', 'a batch in another’s name', batch({ made_by: '{manager}' })],
  ['guard_batch_is_made_by_who_acts', 'a batch dated back', batch({ made_on: `kernel.today() - 1` })],
  ['guard_states_of_print_batch', 'a batch born posted', batch({ state: `'posted'` })],
  ['ck_posted_batch_says_who_and_when', 'a batch that says it was posted', batch({ posted_on: 'kernel.today()' })],
  [
    'guard_batch_is_posted_today',
    'a batch posted yesterday',
    `${inBatch} ${setBatch(`state = 'posted', posted_on = kernel.today() - 1, posted_by = {finance}`)}`,
  ],
  [
    'guard_batch_is_posted_today',
    'a batch posted by another',
    `${inBatch} ${setBatch(`state = 'posted', posted_on = kernel.today(), posted_by = {manager}`)}`,
  ],
  ['guard_batch_holds_its_letters', 'a batch posted without its letters', `${batch()} ${posted}`],
  ['guard_batch_stands_as_made', 'a batch with fewer letters afterwards', `${batch()} ${setBatch('letters = 2')}`],
  ['guard_batch_stands_as_made', 'a posted batch posted again', `${inBatch} ${posted} ${setBatch('version = 9')}`],
  ['ck_batch_taken_back_says_why', 'a batch taken back for nothing', `${batch()} ${setBatch(`state = 'taken_back'`)}`],
  [
    'fk_print_batch_made_by_a_user',
    'a batch made by nobody',
    `set local mainstay.actor = '999999999'; ${batch({ made_by: '999999999' })}`,
  ],
  [
    'fk_print_batch_posted_by_a_user',
    'a batch posted by nobody',
    `${inBatch} set local mainstay.actor = '999999999';
    ${setBatch(`state = 'posted', posted_on = kernel.today(), posted_by = 999999999`)}`,
  ],
  ['permission denied', 'a batch deleted', 'delete from notices.print_batch'],
];

const ofLetters: Attack[] = [
  ['guard_letter_is_printed_in_a_batch', 'a letter born in a batch', `${batch()} ${letter({ print_batch_id: 6666 })}`],
  [
    'guard_letter_is_printed_in_a_batch',
    'a letter of another postage',
    `${letter()} ${batch({ postage: `'first'` })}
    ${setLetter(`state = 'sending', print_batch_id = 6666`)}`,
  ],
  [
    'guard_letter_is_printed_in_a_batch',
    'a letter put into a batch that was posted',
    `${inBatch} ${posted} ${letter({
      ...{ id: 5556, notice_id: '{told}', family_id: '{secondFamily}', reference: UUID.replaceAll('1', '2') },
    })} update notices.attempt set state = 'sending', print_batch_id = 6666 where id = 5556`,
  ],
  [
    'guard_letter_is_printed_in_a_batch',
    'a letter taken out of a batch that stands',
    `${inBatch}
    ${setLetter(`state = 'queued', print_batch_id = null`)}`,
  ],
  ['guard_message_is_taken_in', 'a letter printed and never posted', `${inBatch} ${accepted()}`],
  [
    'guard_message_is_taken_in',
    'a letter there on the day it was posted',
    `${inBatch} ${posted} ${accepted('kernel.today()')}`,
  ],
  [
    'guard_message_is_taken_in',
    'a message nobody took in',
    `${letter()} ${setLetter(`state = 'sending'`)} ${accepted()}`,
  ],
  [
    'guard_letter_arrives_after_it_was_sent',
    'a letter that arrived and was never sent',
    `${letter()}
    ${setLetter(`state = 'delivered', received_on = kernel.today(), sent_on = kernel.today(), sent_at = now(),
      arrives_earliest = kernel.today(), arrives_latest = kernel.today()`)}`,
  ],
  [
    'guard_failed_way_goes_somewhere_else',
    'a message sent again where it failed',
    `
    update notices.attempt set state = 'sending' where id = {queuedAttempt};
    update notices.attempt set state = 'failed', failure = 'No such number' where id = {queuedAttempt};
    ${copyOf('notices.attempt', 'id = {queuedAttempt}', { state: 'queued', failure: null, reference: UUID })}`,
  ],
  [
    'guard_letter_back_is_logged_by_who_acts',
    'a letter that came back, in another’s name',
    `${inBatch} ${posted} ${accepted()} ${back({ by: '{manager}' })}`,
  ],
  [
    'guard_letter_back_is_logged_by_who_acts',
    'a letter that came back yesterday',
    `${inBatch} ${posted} ${accepted()} ${back({ on: 'kernel.today() - 1' })}`,
  ],
  [
    'guard_letter_back_is_logged_by_who_acts',
    'a letter that came back and then did not',
    `${inBatch} ${posted} ${accepted()} ${back({})} ${setLetter('came_back_on = null, came_back_by = null')}`,
  ],
  [
    'ck_letter_came_back_says_who_and_when',
    'a letter brought back by nobody',
    `${inBatch} ${posted} ${accepted()} set local mainstay.actor = ''; ${back({ by: 'null' })}`,
  ],
  [
    'fk_letter_back_logged_by_a_user',
    'a letter brought back by nobody known',
    `${inBatch} ${posted} ${accepted()} set local mainstay.actor = '999999999'; ${back({ by: '999999999' })}`,
  ],
  ['guard_letter_back_was_posted_here', 'a letter back before it was posted', `${inBatch} ${back({})}`],
  [
    'guard_letter_back_was_posted_here',
    'a letter that came back and is on its way still',
    `${inBatch} ${posted} ${accepted()} ${back({ state: 'accepted' })}`,
  ],
  [
    'guard_posted_letter_fails_by_coming_back',
    'a posted letter given up',
    `${inBatch} ${posted} ${accepted()} ${setLetter(`state = 'failed', failure = 'Given up'`)}`,
  ],
  [
    'guard_letter_back_was_not_received',
    'a letter received although it came back',
    `${inBatch} ${posted} ${accepted()} ${back({})}
    select set_config('mainstay.today', (kernel.today() + 4)::text, true);
    ${setLetter(`state = 'delivered', received_on = arrives_latest`)}`,
  ],
  [
    'ck_withdrawn_notice_says_why',
    'a notice taken back without a word',
    `
    update notices.notice set state = 'withdrawn' where id = {drafted}`,
  ],
];

describe('Letters printed here', () => {
  itRefuses(() => scene, [...ofBatches, ...ofLetters]);

  it('are accepted once their batch was posted today', async () => {
    expect(await scene.attack(`${inBatch} ${posted} ${accepted()}`)).toBe('accepted');
  });

  it('wait again once their batch was taken back', async () => {
    const takenBack = setBatch(`state = 'taken_back', taken_back_because = 'The printer is broken'`);
    expect(await scene.attack(`${inBatch} ${takenBack} ${setLetter(`state = 'queued', print_batch_id = null`)}`)).toBe(
      'accepted',
    );
  });

  it('are sent again once the address was put right', async () => {
    const failed = `update notices.attempt set state = 'sending' where id = {queuedAttempt};
      update notices.attempt set state = 'failed', failure = 'No such number' where id = {queuedAttempt};`;
    const elsewhere = { state: 'queued', failure: null, reference: UUID, destination: '+447700900999' };
    const again = copyOf('notices.attempt', 'id = {queuedAttempt}', elsewhere);
    expect(await scene.attack(`${failed} ${again}`)).toBe('accepted');
  });
});
