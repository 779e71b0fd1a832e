import { plainDate } from '../../src/kernel/index.ts';
import {
  directionOf,
  emailFor,
  languages,
  noticeKinds,
  ownNameOf,
  phrasesBesideEnglish,
  saysNothing,
  smsFor,
  spokenAlone,
  wordsDigest,
  wordsSample,
  writtenFor,
} from '../../src/notices/index.ts';
import { allWords } from '../../src/notices/words/all-words.ts';
import { amountText, dateText } from '../../src/notices/words/amounts-and-dates.ts';
import { enPage } from '../../src/notices/words/page/en.ts';
import { sampleFacts, sampleSpeaker } from '../../src/notices/words/sample-facts.ts';

const [movedEarlier, movedLater] = sampleFacts;
const LINK = 'https://mainstay.example/n/7KQ2-9XWD';
const linked = { ...sampleSpeaker, link: LINK };
const discreet = { ...linked, isDiscreet: true };
const translated = languages.filter((language) => language !== 'en');
const holesOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe('an amount and a day, as families read them', () => {
  it('has two decimals, and a comma in thousands', () => {
    expect(['0', '98.36', '1298.5', '123456.00'].map(amountText)).toEqual([
      '£0.00',
      '£98.36',
      '£1,298.50',
      '£123,456.00',
    ]);
  });

  it.each([
    ['en', 'Tuesday 1 December'],
    ['es', 'martes 1 de diciembre'],
    ['pt', '1 de dezembro (terça-feira)'],
    ['fr', 'mardi 1 décembre'],
    ['ro', 'marți, 1 decembrie'],
    ['bn', 'মঙ্গলবার 1 ডিসেম্বর'],
    ['ur', 'منگل 1 دسمبر'],
    ['ar', 'الثلاثاء 1 ديسمبر'],
    ['yo', 'Ọjọ́ Ìṣẹ́gun, 1 Oṣù Ọ̀pẹ̀'],
    ['so', 'Talaado 1 Diseembar'],
    ['tr', '1 Aralık Salı'],
  ] as const)('is named as %s names it, with the digits of a bank statement', (language, written) => {
    expect(dateText(plainDate('2026-12-01'), allWords[language].dates, 'long')).toBe(written);
  });

  it.each(['es', 'pt', 'fr', 'ro', 'bn', 'ur', 'ar', 'so', 'tr'] as const)(
    'has the names that the platform knows in %s',
    (language) => {
      const named = (part: 'weekday' | 'month', day: number) =>
        new Intl.DateTimeFormat(language, { day: 'numeric', weekday: 'long', month: 'long', timeZone: 'UTC' })
          .formatToParts(Date.UTC(2026, part === 'month' ? day : 5, part === 'month' ? 1 : day + 1))
          .find(({ type }) => type === part)?.value;
      const { weekdays, months } = allWords[language].dates;
      expect(weekdays.split('|')).toEqual([0, 1, 2, 3, 4, 5, 6].map((day) => named('weekday', day)));
      expect(months.split('|')).toEqual(Array.from({ length: 12 }, (_, month) => named('month', month)));
    },
  );
});

describe('the day a letter was written', () => {
  it('has its year', () => {
    const day = plainDate('2026-11-25');
    expect(dateText(day, allWords.en.dates, 'dated')).toBe('25 November 2026');
    expect(dateText(day, allWords.pt.dates, 'dated')).toBe('25 de novembro de 2026');
  });
});

describe('the words of a language', () => {
  it.each(translated)('have in %s the same places to fill in as the English', (language) => {
    for (const { phrase, english, translated: text } of phrasesBesideEnglish(language))
      expect([phrase, ...holesOf(text)]).toEqual([phrase, ...holesOf(english)]);
  });

  it.each(translated)('are in %s no English left standing', (language) => {
    const same = phrasesBesideEnglish(language).filter(({ english, translated: text }) => english === text);
    expect(same).toEqual([]);
  });

  it('are plain in English: short sentences, nothing contracted, nothing abbreviated', () => {
    const sentences = phrasesBesideEnglish('en').flatMap(({ english }) => english.split(/(?<=[.:]) /));
    expect(sentences.filter((sentence) => sentence.split(' ').length > 18)).toEqual([]);
    expect(sentences.filter((sentence) => /['’]|\b[A-Z]{2,}\b|e\.g\.|i\.e\.|etc/.test(sentence))).toEqual([]);
  });

  it('say what the language calls itself', () => {
    expect(languages.map(ownNameOf).join(' ')).toBe(
      'English Español Português Français Română বাংলা اردو العربية Yorùbá Soomaali Türkçe',
    );
  });

  it('have a fingerprint of their own, the same each time', () => {
    const digests = languages.map(wordsDigest);
    expect(new Set(digests).size).toBe(languages.length);
    expect(languages.map(wordsDigest)).toEqual(digests);
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('are all seen by whoever looks at the sample, but what only stands on a family’s page', () => {
    const seen = JSON.stringify(wordsSample('en'));
    const unseen = phrasesBesideEnglish('en').filter(({ phrase, english }) => {
      const pieces = english.split(/\{\w+\}/).map((piece) => piece.trim());
      return (
        !['inEnglish', 'page', 'discreetDetails', ...Object.keys(enPage)].includes(phrase) &&
        !pieces.every((piece) => seen.includes(piece))
      );
    });
    expect(unseen).toEqual([]);
    expect(new Set(wordsSample('en').map(({ facts }) => facts.kind))).toEqual(new Set(noticeKinds));
  });
});

describe('the text message of a notice', () => {
  it('says in one part that the pay day moves', () => {
    expect(smsFor(movedEarlier!, 'en', sampleSpeaker)).toMatchObject({
      ...{ parts: 1, lossless: true, isNeutral: false },
      text:
        'Northshire Council: your payment day has changed. You will now get £142.50 on Tue 1 Dec, not Thu 3 Dec. ' +
        'It must last until Tue 8 Dec. Help: 020 8000 0000',
    });
  });

  it.each(['ro', 'bn', 'ur', 'ar', 'yo', 'tr'] as const)('is without words where %s would not arrive', (language) => {
    expect(smsFor(movedEarlier!, language, linked)).toMatchObject({
      ...{ text: `3/12 > 1/12 £142.50 ${LINK}`, isNeutral: true, parts: 1, lossless: true },
    });
  });

  it.each(['es', 'pt', 'fr', 'so'] as const)('keeps its words where %s arrives', (language) => {
    expect(smsFor(movedEarlier!, language, linked)).toMatchObject({ isNeutral: false, lossless: true });
  });

  it('tells of the payment in between, and without a page gives a number to call', () => {
    expect(smsFor(movedLater!, 'ar', sampleSpeaker).text).toBe('3/12 > 8/12 + 3/12 £101.79 020 8000 0000');
  });

  it('says when it must be discreet that a date has changed, and nothing of money', () => {
    expect(smsFor(movedEarlier!, 'en', discreet).text).toBe(
      `Your date has changed. It is now Tue 1 Dec, not Thu 3 Dec. Details: ${LINK} Help: 020 8000 0000`,
    );
    expect(smsFor(movedEarlier!, 'ar', discreet).text).toBe(`3/12 > 1/12 ${LINK}`);
  });
});

describe('a council that has no telephone number for families yet', () => {
  const council = { ...sampleSpeaker, helpPhone: '' };

  it('is called by its name', () => {
    expect(JSON.stringify(writtenFor(movedEarlier!, 'en', council))).toContain('call Northshire Council.');
  });

  it('is not named where a message must be discreet', () => {
    expect(smsFor(movedEarlier!, 'en', { ...discreet, helpPhone: '' }).text).toBe(
      `Your date has changed. It is now Tue 1 Dec, not Thu 3 Dec. Details: ${LINK}`,
    );
  });
});

describe('saying nothing', () => {
  it.each([
    ['en', 'From the COUNCIL'],
    ['en', 'Section  17'],
    ['en', 'You get £5'],
    ['es', 'Su prestacion'],
    ['fr', 'De l’ARGENT'],
    ['ro', 'plata dvs.'],
    ['tr', 'ÖDEME GÜNÜ'],
    ['yo', 'OWÓ yín'],
    ['ar', 'المال'],
    ['bn', 'immigration'],
  ] as const)('is noticed to fail in %s: %s', (language, text) => {
    expect(saysNothing(text, language)).toBe(false);
  });

  it.each(languages)('is what a calendar does in %s', (language) => {
    expect(saysNothing(spokenAlone(language, 'pageReminder'), language)).toBe(true);
  });

  it('hears that in Yoruba a hand is not money', () => {
    expect(saysNothing('Ìrànlọ́wọ́', 'yo')).toBe(true);
  });
});

describe('a notice written out', () => {
  it('begins with the amount and the day, then says how long it must last', () => {
    const { blocks, subject } = writtenFor(movedEarlier!, 'en', sampleSpeaker);
    expect(subject).toBe('Your payment day is changing');
    expect(blocks.slice(0, 2)).toEqual([
      { kind: 'lead', text: 'You will now get £142.50 on Tuesday 1 December, not Thursday 3 December.' },
      { kind: 'paragraph', text: 'This money must last until Tuesday 8 December.' },
    ]);
    expect(blocks).toContainEqual({
      ...{ kind: 'paragraph', text: 'If the money is not there by 5 pm on Tuesday 1 December, call 020 8000 0000.' },
    });
  });

  it('leaves a person’s words in English, and says in the family’s language that they are', () => {
    const { blocks } = writtenFor(movedEarlier!, 'so', sampleSpeaker);
    expect(blocks).toContainEqual({
      ...{ kind: 'as-written', language: 'en', text: 'From December we pay every family on the same day.' },
    });
    expect(JSON.stringify(blocks)).toContain('Ingiriisi');
    expect(JSON.stringify(writtenFor(movedEarlier!, 'en', sampleSpeaker))).not.toContain('in English');
  });

  it.each(languages.filter((language) => directionOf(language) === 'rtl'))(
    'keeps amounts, days and telephone numbers in order in %s, which runs from right to left',
    (language) => {
      const text = JSON.stringify(writtenFor(movedEarlier!, language, sampleSpeaker));
      expect(text).toContain('\u2066£142.50\u2069');
      expect(text).toContain('\u2066020\u00a08000\u00a00000\u2069');
      expect(text).not.toMatch(/[^\u2066](?:£|020)/);
      expect(text).toContain(`\u2067${dateText(plainDate('2026-12-01'), allWords[language].dates, 'long')}\u2069`);
    },
  );

  it('is an e-mail of plain lines, with the page it can be read on', () => {
    const { body } = emailFor(movedEarlier!, 'en', linked);
    expect(body.split('\n\n').slice(0, 2)).toEqual([
      'Hello',
      'You will now get £142.50 on Tuesday 1 December, not Thursday 3 December.',
    ]);
    expect(body).toContain('* Tuesday 8 December: £142.50. Must last until: Tuesday 15 December\n');
    expect(body).toContain(`You can see this again here:\n${LINK}`);
  });

  it('does not let what a person wrote become a heading or a place to fill in', () => {
    const reason = '# Urgent\n* ((name))';
    const { body } = emailFor({ ...movedEarlier!, reason } as never, 'en', sampleSpeaker);
    expect(body).toContain('Urgent\n( (name))');
  });
});
