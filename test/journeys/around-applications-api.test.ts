import request from 'supertest';
import type { PlainDate } from '../../src/kernel/index.ts';
import { grantFund, knownFamily, takeApplicationTo } from '../support/grants-scene.ts';
import { Client, problemIn } from '../support/http.ts';
import { testHouse, type TestHouse } from '../support/test-house.ts';

interface Around {
  readonly evidence: { id: string; name: string; size: number }[];
  readonly conferences: { agencies: string; heldOn: string }[];
  readonly followUps: { id: string; kind: string; dueOn: string; note: string | null }[];
}

const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
let house: TestHouse;
let client: Client;
let application: string;
beforeAll(async () => {
  house = await testHouse({ web: true });
  client = new Client(house);
  await grantFund(house.app, house.council, '1000.00');
  application = await takeApplicationTo(house, await knownFamily(house, 'E-1'), 'approved');
});
afterAll(() => house.close());

const send = (bytes: Buffer, name: string): request.Test =>
  request(house.url)
    .post(`/api/v1/grant-applications/${application}/evidence?name=${encodeURIComponent(name)}`)
    .auth(house.council.tokens.caseworker, { type: 'bearer' })
    .set('Content-Type', 'application/octet-stream')
    .send(bytes);
const around = async (): Promise<Around> =>
  (await client.get('auditor', `/grant-applications/${application}/around`).expect(200)).body as Around;

describe('What stands around an application, over HTTP', () => {
  it('takes a file in by its content, and gives it back to be saved, as it was', async () => {
    const { body } = await send(PDF, 'receipt.pdf').expect(201);
    const { evidenceId } = body as { evidenceId: string };
    expect((await around()).evidence).toMatchObject([{ id: evidenceId, name: 'receipt.pdf', size: PDF.length }]);
    const file = await client.get('finance', `/evidence/${evidenceId}`).buffer(true).expect(200);
    expect(file.headers['content-disposition']).toContain('attachment');
    expect(Buffer.compare(file.body as Buffer, PDF)).toBe(0);
    expect(problemIn(await client.get('releaser', `/evidence/${evidenceId}`))).toEqual([403, 'not_permitted']);
  });

  it('refuses a program called a PDF, and a file of more than 10 MB, and keeps nothing of them', async () => {
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(10 * 1024 * 1024 - 2, 1)]);
    const answer = await send(program, 'passport.pdf');
    expect(problemIn(answer)).toEqual([422, 'evidence_refused']);
    expect(answer.text).toContain('By its content it is no PDF and no photo, whatever its name says.');
    const large = await send(Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)]), 'large.pdf');
    expect(large.text).toContain('The file is larger than 10 MB.');
    expect((await around()).evidence).toHaveLength(1);
  });

  it('records what a case conference recommended, as it was said', async () => {
    const said = {
      heldOn: '2026-11-10',
      agencies: 'School, health visitor, housing',
      recommendation: 'Pay the arrears.',
    };
    await client.post('manager', `/grant-applications/${application}/conferences`, said).expect(201);
    expect((await around()).conferences).toMatchObject([said]);
    const silent = { ...said, recommendation: ' ' };
    const refused = await client.post('manager', `/grant-applications/${application}/conferences`, silent);
    expect(problemIn(refused)).toEqual([422, 'input_refused']);
  });

  it('lists what is to be asked after an award once it is due, and takes each answer once', async () => {
    const due = async (): Promise<{ id: string; kind: string; family: string }[]> =>
      ((await client.get('manager', '/follow-ups').expect(200)).body as { followUps: [] }).followUps;
    expect(await due()).toEqual([]);
    house.setToday('2027-02-20' as PlainDate);
    const [first] = await due();
    expect(first).toMatchObject({ family: 'E-1' });
    const answer = () =>
      client.post('caseworker', `/follow-ups/${first!.id}/answer`, { note: 'Rent paid; receipt seen.' });
    await answer().expect(200);
    expect(problemIn(await answer())).toEqual([409, 'followed_up_before']);
    expect((await around()).followUps.find(({ id }) => id === first!.id)?.note).toBe('Rent paid; receipt seen.');
  });
});
