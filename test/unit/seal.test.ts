import { FieldSeal } from '../../src/platform/index.ts';

const key = 'a1'.repeat(32);
const seal = new FieldSeal(key);
const account = '20-45-12 12345678 Ada Widget';
const row = 'families.instrument 7';

describe('a sealed value', () => {
  it('opens with the same key and the same context', () => {
    expect(new FieldSeal(key).open(seal.seal(account, row), row).toString()).toBe(account);
  });

  it('holds text in any language, bytes of any kind, and nothing', () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    expect(seal.open(seal.seal('Zoë Ẹniọlá 安娜', row), row).toString()).toBe('Zoë Ẹniọlá 安娜');
    expect(seal.open(seal.seal(bytes, row), row).equals(bytes)).toBe(true);
    expect(seal.open(seal.seal('', row), row)).toHaveLength(0);
  });

  it('does not open with another key', () => {
    const other = new FieldSeal('a2'.repeat(32));
    expect(() => other.open(seal.seal(account, row), row)).toThrow(Error);
  });

  it('does not open in another row', () => {
    const sealed = seal.seal(account, row);
    for (const context of ['families.instrument 8', '', `${row} `])
      expect(() => seal.open(sealed, context)).toThrow(Error);
  });

  it('does not open when any one byte was changed', () => {
    const sealed = seal.seal(account, row);
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] as number) ^ 1;
      expect(() => seal.open(changed, row)).toThrow(Error);
    }
  });

  it('does not open when it was cut short or made longer', () => {
    const sealed = seal.seal(account, row);
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => seal.open(sealed.subarray(0, length), row)).toThrow(Error);
    expect(() => seal.open(Buffer.concat([sealed, Buffer.of(0)]), row)).toThrow(Error);
  });

  it('shows nothing of what is in it, and is never the same twice', () => {
    const [once, twice] = [seal.seal(account, row), seal.seal(account, row)];
    expect(once.equals(twice)).toBe(false);
    expect(once.includes('12345678')).toBe(false);
    expect([once[0], once.length]).toEqual([1, 29 + account.length]);
  });
});

describe('a fingerprint', () => {
  it('is the same for the same text, today and in years', () => {
    expect(seal.fingerprint(account).equals(new FieldSeal(key).fingerprint(account))).toBe(true);
    expect(seal.fingerprint('20451212345678').toString('hex')).toBe(
      'fd645abe3b36d6302fffcd4c79d49973d4ec88cbd35fa36edfe73a2486753725',
    );
  });

  it('is another for another text or another key', () => {
    const prints = [
      ...[seal.fingerprint(account), seal.fingerprint(`${account} `), seal.fingerprint('')],
      new FieldSeal('a2'.repeat(32)).fingerprint(account),
    ].map((print) => print.toString('hex'));
    expect(new Set(prints).size).toBe(4);
    for (const print of prints) expect(print).toMatch(/^[0-9a-f]{64}$/);
  });
});
