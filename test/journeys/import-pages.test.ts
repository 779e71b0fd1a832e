import { child, familyRows } from '../support/caseload.ts';
import { familyFileOf } from '../support/family-file-writer.ts';
import { PAGES, PageVisitor, sessionCookie } from '../support/pages.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

let house: TestHouse;
let caseworker: PageVisitor;
beforeAll(async () => {
  house = await testHouse(PAGES);
  caseworker = await PageVisitor.signedIn(house, 'caseworker');
});
afterAll(() => house.close());

const families = async (): Promise<number> =>
  (await house.superuser.query(`select 1 from families.family where authority_id = $1`, [house.council.id])).rowCount ??
  0;

/** Sends a file as a browser would: with the proof of the form it is on. */
async function upload(bytes: Uint8Array): Promise<{ status: number; text: string; location: string | null }> {
  const cookie = await sessionCookie(house, 'caseworker');
  const headers = { cookie, accept: 'text/html' };
  const form = await (await fetch(`${house.url}/families/import`, { headers })).text();
  const body = new FormData();
  body.set('form-proof', /name="form-proof" value="([^"]+)"/.exec(form)?.[1] ?? '');
  body.set('file', new Blob([new Uint8Array(bytes)], { type: 'text/csv' }), 'families.csv');
  const manner = { method: 'POST', headers, body, redirect: 'manual' } as const;
  const answer = await fetch(`${house.url}/families/import`, manner);
  return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') };
}

describe('A family file sent on the page', () => {
  it('is described column by column, with an empty file to download', async () => {
    expect((await caseworker.get('/families/import')).text).toContain('family_reference');
    expect((await caseworker.get('/families/import/template.csv')).text).toMatch(/^family_reference,.*\r\n$/);
  });

  it('is refused with every problem by line and column, and nothing is changed', async () => {
    const { status, text } = await upload(
      familyFileOf(familyRows('BAD', { pay_day: 'sunday', support_from: '2026-02-30' })),
    );
    expect(status).toBe(422);
    for (const said of ['pay_day', 'support_from', 'families.csv', 'What to put right']) expect(text).toContain(said);
    expect(await families()).toBe(0);
  });

  it('is refused when there is none, and when it is too large', async () => {
    expect((await upload(new Uint8Array())).text).toContain('Choose a file.');
    expect((await upload(new Uint8Array(26 * 1024 * 1024))).status).toBe(413);
  });

  it('is checked first, shown in numbers, and taken in when somebody confirms it, once', async () => {
    const bytes = familyFileOf([
      ...familyRows('A', {}, child('2020-02-03')),
      ...familyRows('B', { sort_code: '', account_number: '', account_name: '' }),
    ]);
    expect((await upload(bytes)).location).toBe('/families/import/check');
    expect(await families()).toBe(0);
    const check = await caseworker.get('/families/import/check');
    for (const said of ['Take in 2 families?', '£147.54', 'Without bank details']) expect(check.text).toContain(said);
    expect((await caseworker.send('/families/import/check', {})).location).toBe('/families');
    expect(await families()).toBe(2);
    expect((await caseworker.get('/families/import/check')).location).toBe('/families/import');
    expect((await upload(bytes)).text).toContain('is already here');
  });

  it('is checked again on confirmation: what changed meanwhile is seen', async () => {
    await upload(familyFileOf(familyRows('C')));
    await house.superuser.query(
      `update families.family set reference = 'C' where reference = 'A' and authority_id = $1`,
      [house.council.id],
    );
    const late = await caseworker.send('/families/import/check', {});
    expect([late.status, late.text.includes('is already here')]).toEqual([422, true]);
    expect(await families()).toBe(2);
  });

  it('is nobody else’s to send', async () => {
    const manager = await PageVisitor.signedIn(house, 'manager');
    expect((await manager.get('/families/import')).status).toBe(403);
  });
});
