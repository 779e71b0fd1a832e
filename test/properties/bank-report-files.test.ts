import fc from 'fast-check';
import { DomainError } from '../../src/kernel/index.ts';
import { readReport } from '../../src/payments/reports/read-report.ts';

const whole = {
  csv: 'reference,amount,code\nMS 1001,49.18,B\nMS 1002,98.36,0\n',
  xml: '<?xml version="1.0"?>\n<R><Item reference="MS 1001" amount="49.18" code="B"/>\n<Item reference="MS 1002"><Amount>98.36</Amount><Code>0</Code></Item></R>\n',
};

/** What reading comes to: records, or the code it is refused with. Anything else is a fault of ours. */
function outcomeOf(bytes: Uint8Array): number | string {
  try {
    return readReport(bytes).length;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

describe('A report nobody can trust', () => {
  it('is read or refused, whatever bytes it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(['number', 'string']).toContain(typeof outcomeOf(bytes));
      }),
    );
  });

  it.each(Object.entries(whole))('is read or refused with any byte of it changed: %s', (_kind, text) => {
    const bytes = Buffer.from(text);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const changed = Buffer.from(bytes);
        changed[at] = byte;
        expect([1, 2, 'report_refused']).toContain(outcomeOf(changed));
      }),
    );
  });

  it('is refused when its XML is cut short anywhere', () => {
    const bytes = Buffer.from(whole.xml);
    for (let length = 0; length < bytes.length - 5; length += 1)
      expect(outcomeOf(bytes.subarray(0, length))).toBe('report_refused');
  });
});
