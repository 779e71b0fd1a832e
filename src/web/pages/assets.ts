import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Request, Response } from 'express';

const packages = createRequire(import.meta.url);

/** A file browsers load, under an address that changes with what is in it. */
interface Asset {
  readonly href: string;
  readonly type: string;
  readonly body: Buffer;
}

const files = new Map<string, Asset>();

/**
 * The letters of families' languages that many telephones and desks have in part only: one typeface for each script, loaded
 * where a page has such letters. Everything else, digits too, stays in the reader's own typeface.
 */
const TYPEFACES = [
  {
    family: 'Mainstay Arabic',
    files: 'noto-sans-arabic',
    script: 'arabic',
    range: 'U+0600-06FF,U+0750-077F,U+08A0-08FF,U+FB50-FDFF,U+FE70-FEFC',
  },
  {
    family: 'Mainstay Bengali',
    files: 'noto-sans-bengali',
    script: 'bengali',
    range: 'U+0951-0952,U+0964-0965,U+0980-09FE,U+25CC',
  },
] as const;

/** The addresses a page needs. */
export const assets = { style: add('site.css', 'text/css', styles()), script: scripts() };

/** Sends an asset; its address says what is in it, so a browser may keep it for good. */
export function sendAsset(request: Request, response: Response): void {
  const asset = files.get(request.path);
  if (!asset) return void response.status(404).type('text/plain').send('There is no such file.');
  response.set('Cache-Control', 'public, max-age=31536000, immutable').type(asset.type).send(asset.body);
}

/** The kits' styles without the crown, its pictures, and the typeface only central government may use; then our own. */
function styles(): string {
  const kits = [
    'govuk-frontend/dist/govuk/govuk-frontend.min.css',
    '@ministryofjustice/frontend/moj/moj-frontend.min.css',
  ];
  const text = kits.map((name) => readFileSync(packages.resolve(name), 'utf8')).join('\n');
  const plain = text
    .replaceAll(/@font-face\{[^}]*\}/g, '')
    .replaceAll(/"?GDS Transport"?,\s*arial,\s*sans-serif/gi, 'var(--mainstay-type)')
    .replaceAll(/\/\*# sourceMappingURL=[^*]*\*\//g, '');
  return `${withPictures(plain)}\n${typefaces()}\n${readFileSync(ownFile('site.css'), 'utf8')}`;
}

/** Puts the kits' few icons into the sheet itself; anything else it points at is left out. */
function withPictures(sheet: string): string {
  return sheet.replaceAll(/url\("?\/assets\/images\/([\w-]+)\.svg"?\)/g, (_, name: string) => {
    if (!name.startsWith('icon-')) return 'none';
    const svg = readFileSync(packages.resolve(`@ministryofjustice/frontend/moj/assets/images/${name}.svg`));
    return `url("data:image/svg+xml;base64,${svg.toString('base64')}")`;
  });
}

function scripts(): string {
  const kits = {
    govuk: 'govuk-frontend/dist/govuk/govuk-frontend.min.js',
    moj: '@ministryofjustice/frontend/moj/moj-frontend.min.js',
  };
  const [govuk, moj] = Object.entries(kits).map(([name, file]) =>
    add(
      `${name}.js`,
      'text/javascript',
      readFileSync(packages.resolve(file), 'utf8').replaceAll(/\/\/# sourceMapping.*/g, ''),
    ),
  );
  const own = readFileSync(ownFile('site.js'), 'utf8');
  return add(
    'site.js',
    'text/javascript',
    `import * as govuk from '${govuk}';\nimport * as moj from '${moj}';\n${own}`,
  );
}

function typefaces(): string {
  return TYPEFACES.flatMap(({ family, files: named, script, range }) =>
    [400, 700].map((weight) => {
      const file = `@fontsource/${named}/files/${named}-${script}-${weight}-normal.woff2`;
      const href = add(`${script}-${weight}.woff2`, 'font/woff2', readFileSync(packages.resolve(file)));
      return `@font-face{font-family:"${family}";font-weight:${weight};font-display:swap;src:url("${href}") format("woff2");unicode-range:${range}}`;
    }),
  ).join('\n');
}

function add(name: string, type: string, body: string | Buffer): string {
  const version = createHash('sha256').update(body).digest('base64url').slice(0, 10);
  const href = `/assets/${version}/${name}`;
  files.set(href, { href, type, body: Buffer.from(body) });
  return href;
}

/** Our own sheets and scripts stand beside the code, in `src/web/pages`. */
function ownFile(name: string): string {
  return fileURLToPath(new URL(`../../../../src/web/pages/${name}`, import.meta.url));
}
