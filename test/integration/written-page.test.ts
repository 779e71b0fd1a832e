import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import nunjucks from 'nunjucks';
import type { Browser } from 'playwright-core';
import { languages, type Written } from '../../src/notices/index.ts';
import { axeFaults } from '../support/axe.ts';
import { describeInABrowser, newVisitor, startBrowser } from '../support/chromium.ts';
import { sampleLetters } from '../support/sample-letters.ts';

const pages = fileURLToPath(new URL('../../../src/web/', import.meta.url));
const kit = join(dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')), 'dist');
const templates = new nunjucks.Environment(new nunjucks.FileSystemLoader([pages, kit]), {
  ...{ autoescape: true, trimBlocks: true, lstripBlocks: true },
});
const styles = [join(kit, 'govuk/govuk-frontend.min.css'), join(pages, 'pages/site.css')]
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

function pageOf(written: readonly Written[]): string {
  const template = `{% from "pages/written.njk" import written %}{% for each in all %}{{ written(each, { title: "h1" if loop.first else "h2" }) }}{% endfor %}`;
  const body = templates.renderString(template, { all: written });
  return `<!doctype html><html lang="en" class="govuk-template"><title>Letters</title><meta name="viewport" content="width=device-width"><style>${styles}</style><body class="govuk-template__body"><main class="govuk-width-container">${body}</main></body></html>`;
}

describe("A letter's twin on a page", () => {
  it('says which language it is in and which way that goes', () => {
    const [arabic, english] = [pageOf([writtenIn('ar')]), pageOf([writtenIn('en')])];
    expect(arabic).toContain('lang="ar" dir="rtl"');
    expect(arabic).toMatch(/<blockquote class="mainstay-written__quote" lang="en" dir="ltr">/);
    expect(english).toContain('lang="en" dir="ltr"');
    expect(english).not.toContain('<table');
  });

  it('shows words as words, whoever wrote them', () => {
    const block = { kind: 'paragraph', text: '<b>5 pm</b>' } as const;
    expect(pageOf([{ ...writtenIn('en'), blocks: [block] }])).toContain('&lt;b&gt;5 pm&lt;/b&gt;');
  });

  it('leaves out what says nothing', () => {
    const empty: Written['blocks'] = [
      ...[{ kind: 'paragraph', text: '' } as const, { kind: 'list', items: [] } as const],
      { kind: 'payments', head: { arrives: 'A', amount: 'B', lastsUntil: 'C' }, rows: [] },
    ];
    const page = pageOf([{ ...writtenIn('en'), greeting: '', closing: '', blocks: empty }]);
    expect(page.match(/<(?:p|ul|ol|dl)\b/g)).toBeNull();
  });
});

describeInABrowser("A letter's twin in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  it.each(languages)('fits a phone and has no accessibility fault, in "%s"', async (language) => {
    const page = await newVisitor(browser, { width: 320 });
    await page.setContent(pageOf(sampleLetters(language).map((letter) => letter.written)));
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    expect(await axeFaults(page, language)).toEqual([]);
    await page.context().close();
  });
});

function writtenIn(language: (typeof languages)[number]): Written {
  return (sampleLetters(language)[0] as { written: Written }).written;
}
