import { fork } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { officialClient } from '../../support/notify-client.ts';
import { STAND_IN_PROGRAM, StandInNotify } from '../../support/stand-in-notify.ts';

const KEY = ['--api-key', StandInNotify.apiKey];

describe('the process of the stand-in', () => {
  it('says where it is, and ends with its parent', async () => {
    const child = fork(STAND_IN_PROGRAM, KEY, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [said] = (await once(child, 'message')) as [{ started: string; url: string }];
    expect(said.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(said.started).toBe(said.url);
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  for (const [what, options] of [
    ['no key', []],
    ['a key that is none', ['--api-key', 'hello']],
    ['callbacks without a token', [...KEY, '--callback-url', 'http://127.0.0.1:1']],
    ['a port that is none', [...KEY, '--port', 'many']],
  ] as const)
    it(`does not start with ${what}`, async () => {
      const child = fork(STAND_IN_PROGRAM, options, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      expect(await once(child, 'exit')).toEqual([2, null]);
    });

  it('takes in what thousands of families are sent, once each', async () => {
    const notify = await StandInNotify.start({ deliveredAfterMs: 0 });
    await notify.ask({ bucket: { burst: 10_000, perSecond: 0 } });
    const client = officialClient(notify);
    const send = () =>
      client.sendSms(StandInNotify.smsTemplateId, '07700900123', {
        ...{ personalisation: { body: 'Hello' }, reference: randomUUID() },
      });
    for (let sent = 0; sent < 2000; sent += 100) await Promise.all(Array.from({ length: 100 }, send));
    const { counts, duplicates } = await notify.account();
    await notify.stop();
    expect([counts.sms, duplicates]).toEqual([2000, {}]);
  });
});
