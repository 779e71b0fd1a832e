import { isTold, tallyNotices } from './notice-tally.ts';

const all = { attempts: ['a', 'b'], accepted: ['a', 'b'], changes: ['in_force', 'kept'], received: 1 };

describe('counting what families were told', () => {
  it('is content when each message was taken in once and each change is in force or kept', () => {
    expect(isTold(tallyNotices(all))).toBe(true);
  });

  it('finds a message sent twice', () => {
    const told = tallyNotices({ ...all, accepted: ['a', 'b', 'b'] });
    expect(told).toMatchObject({ duplicates: 1, missing: 0 });
    expect(isTold(told)).toBe(false);
  });

  it('finds a message that was lost', () => {
    const told = tallyNotices({ ...all, accepted: ['a', 'a'] });
    expect(told).toMatchObject({ duplicates: 1, missing: 1 });
    expect(isTold(told)).toBe(false);
  });

  it('finds a change that is neither in force nor kept', () => {
    expect(isTold(tallyNotices({ ...all, changes: ['in_force', 'waiting'] }))).toBe(false);
  });
});
