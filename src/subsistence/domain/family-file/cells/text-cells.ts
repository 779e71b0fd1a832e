import { nearestName } from '../nearest-name.ts';
import { type CellReader, quoted, writeAllowed } from './cell-reading.ts';

const REFERENCE = /^[A-Za-z0-9/_-]+$/;
const longestReference = 35;
const SPACES = /\s\s|[^\S ]/;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const NOT_PRINTABLE = /[\u0000-\u001f\u007f-\u009f]/;

/** Reads a family reference a caseworker knows the family by: at most 35 letters, digits, `/`, `_` and `-`. */
export const readReference: CellReader = (text, column) => {
  if (text.length > longestReference) {
    return { reason: `${quoted(text)} is longer than 35 characters.`, whatToDo: writeAllowed(column) };
  }
  if (REFERENCE.test(text)) return text;
  return { reason: `${quoted(text)} has a character a reference may not have.`, whatToDo: writeAllowed(column) };
};

/** Reads words a caseworker wrote, on one line: a line end or a run of spaces becomes one space. */
export const readText: CellReader = (text, column) => {
  const words = SPACES.test(text) ? text.replace(/\s+/g, ' ') : text;
  const longest = column.longest ?? 100;
  if (words.includes('\ufffd')) {
    return {
      reason: `A letter of this ${column.name} was lost when the file was saved.`,
      whatToDo: 'Type it again and save the file as "CSV UTF-8 (comma delimited)".',
    };
  }
  if (NOT_PRINTABLE.test(words)) {
    return { reason: `This ${column.name} has a character that cannot be printed.`, whatToDo: 'Type it again.' };
  }
  if (words.length <= longest) return words;
  return {
    reason: `This ${column.name} has ${words.length} characters; it may have ${longest}.`,
    whatToDo: `Shorten it to ${longest} characters.`,
  };
};

/** Reads one of a few words a caseworker chooses from, in any capital letters. */
export const readChoice: CellReader = (text, column) => {
  const choices = column.choices ?? [];
  const chosen = text.toLowerCase();
  if (choices.includes(chosen)) return chosen;
  const nearest = nearestName(chosen, choices);
  const whatToDo = writeAllowed(column);
  return {
    reason: `${quoted(text)} is not a ${column.name}.`,
    whatToDo: nearest ? `Did you mean ${nearest}? ${whatToDo}` : whatToDo,
  };
};

/** Reads the code of the language a family reads: two or three letters, kept in lower case. */
export const readLanguage: CellReader = (text) => {
  if (/^[a-z]{2,3}$/i.test(text)) return text.toLowerCase();
  return {
    reason: `${quoted(text)} is not a language code.`,
    whatToDo: 'Write the code of two or three letters, for example en, ar (Arabic), sq (Albanian) or tir (Tigrinya).',
  };
};
