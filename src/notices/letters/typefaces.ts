import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';
import * as harfbuzz from 'harfbuzzjs';
import type { Language } from '../domain/languages.ts';

const packages = createRequire(import.meta.url);

/** How heavy words are. */
export type Weight = 'regular' | 'bold';

/** A typeface, parsed once and shared by every letter: for measuring and shaping, and for embedding. */
export interface Typeface {
  /** What it is registered as in a document. */
  readonly name: string;
  /** How much larger than the plain letters its own are set, so that lines look of one size. */
  readonly scale: number;
  /** Its text is drawn by shapes that do not spell: each run says in words what it is. */
  readonly isComplex: boolean;
  readonly shaper: harfbuzz.Font;
  readonly parsed: ReturnType<typeof create>;
  readonly covers: ReadonlySet<number>;
}

const FAMILIES = {
  sans: { files: 'noto-sans', named: 'NotoSans', scale: 1, isComplex: false },
  arabic: { files: 'noto-sans-arabic', named: 'NotoSansArabic', scale: 1.12, isComplex: true },
  nastaliq: { files: 'noto-nastaliq-urdu', named: 'NotoNastaliqUrdu', scale: 1.12, isComplex: true },
  bengali: { files: 'noto-sans-bengali', named: 'NotoSansBengali', scale: 1.08, isComplex: true },
} as const;
type Family = keyof typeof FAMILIES;

const FOLDERS = { regular: '400Regular', bold: '700Bold' } as const;
const ARABIC_SCRIPT = /\p{Script=Arabic}/u;
const loaded = new Map<string, Typeface>();

/** Gives a typeface; the first asking reads and parses its file. */
function typeface(family: Family, weight: Weight): Typeface {
  const name = `${family}-${weight}`;
  const known = loaded.get(name);
  if (known) return known;
  const { files, named, scale, isComplex } = FAMILIES[family];
  const folder = FOLDERS[weight];
  const bytes = readFileSync(packages.resolve(`@expo-google-fonts/${files}/${folder}/${named}_${folder}.ttf`));
  const face = new harfbuzz.Face(new harfbuzz.Blob(bytes));
  const made = {
    ...{ name, scale, isComplex, shaper: new harfbuzz.Font(face), parsed: create(bytes) },
    covers: new Set(face.collectUnicodes()),
  };
  loaded.set(name, made);
  return made;
}

/** Chooses the typeface for one character. Plain letters, digits and signs look alike in every language. */
export function typefaceFor(character: string, language: Language, weight: Weight): Typeface {
  const point = character.codePointAt(0) ?? 0;
  const families: readonly Family[] = ARABIC_SCRIPT.test(character)
    ? [language === 'ur' ? 'nastaliq' : 'arabic', 'sans']
    : ['sans', 'bengali', 'arabic', 'nastaliq'];
  const fitting = families.find((family) => typeface(family, weight).covers.has(point));
  return typeface(fitting ?? 'sans', weight);
}
