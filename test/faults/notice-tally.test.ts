import { type NoticeBooks, tallyNotices } from './notice-tally.ts';

/** Three families: told by text message, told too late by letter after a text message failed, and withdrawn in time. */
function soundBooks(): NoticeBooks {
  return {
    attempts: [
      { reference: 'a', channel: 'sms', state: 'delivered' },
      { reference: 'b', channel: 'sms', state: 'failed' },
      { reference: 'c', channel: 'letter', state: 'accepted' },
      { reference: 'd', channel: 'email', state: 'withdrawn' },
    ],
    takenIn: [
      { reference: 'a', type: 'sms', status: 'delivered' },
      { reference: 'b', type: 'sms', status: 'permanent-failure' },
      { reference: 'c', type: 'letter', status: 'received' },
    ],
    changes: [
      { planId: '1', state: 'in_force', isToldInTime: true },
      { planId: '2', state: 'kept', isToldInTime: false },
    ],
    received: 1,
  };
}

describe('the count of who was told', () => {
  it('finds nothing wrong with sound books', () => {
    const sound = { expected: 3, accepted: 3, duplicates: [], missing: [], received: 1, inForce: 1, kept: 1 };
    expect(tallyNotices(soundBooks())).toEqual(sound);
  });

  it('finds a family that was sent the same message twice', () => {
    const books = soundBooks();
    const twice = tallyNotices({ ...books, takenIn: [...books.takenIn, ...books.takenIn.slice(0, 1)] });
    expect(twice.duplicates).toEqual(['message a was taken in 2 times']);
  });

  it('finds a message that should not have left', () => {
    const books = soundBooks();
    const stray = { reference: 'd', type: 'email', status: 'delivered' } as const;
    const sent = tallyNotices({ ...books, takenIn: [...books.takenIn, stray] });
    expect(sent.duplicates).toEqual(['message d was taken in, and nobody was to be told by it']);
  });

  it('finds a message that never left', () => {
    const books = soundBooks();
    const lost = tallyNotices({ ...books, takenIn: books.takenIn.slice(1) });
    expect(lost.missing).toEqual(['message a was never taken in: it is delivered']);
  });

  for (const state of ['queued', 'sending', 'accepted', 'failed'] as const)
    it(`finds a delivery we did not take note of, the message being ${state}`, () => {
      const books = soundBooks();
      const [first, ...others] = books.attempts;
      const deaf = tallyNotices({ ...books, attempts: [{ ...(first as (typeof others)[0]), state }, ...others] });
      expect(deaf.missing).toEqual([expect.stringMatching(/^message a was (taken in|delivered), and is/)]);
    });

  it('finds a change that is neither in force nor kept', () => {
    const open = tallyNotices({ ...soundBooks(), changes: [{ planId: '1', state: 'waiting', isToldInTime: true }] });
    expect(open.missing).toEqual(['the change of plan 1 is still waiting']);
  });

  it('finds a change that came into force untold, and one that was lost though it was told', () => {
    const wrong = tallyNotices({
      ...soundBooks(),
      changes: [
        { planId: '1', state: 'in_force', isToldInTime: false },
        { planId: '2', state: 'kept', isToldInTime: true },
      ],
    });
    expect(wrong.missing).toEqual([
      'the change of plan 1 is in_force, though its family was not told in time',
      'the change of plan 2 is kept, though its family was told in time',
    ]);
  });
});
