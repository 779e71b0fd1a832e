import { invalid } from './refusal.ts';

/** What a field must be. `check` gives what Notify says of a wrong value, after the field's name. */
export interface Field {
  readonly type: 'string' | 'object' | 'array' | 'string or null';
  readonly check?: (value: string) => string | undefined;
}

/** The fields of a body or a query; nothing else may be there. */
export interface Shape {
  readonly required: Readonly<Record<string, Field>>;
  readonly optional: Readonly<Record<string, Field>>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Says whether a text is a UUID. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

export const text: Field = { type: 'string' };
export const anything: Field = { type: 'object' };
export const uuid: Field = {
  type: 'string',
  check: (value) => (isUuid(value) ? undefined : 'is not a valid UUID'),
};
export const reference: Field = {
  type: 'string or null',
  check: (value) => (value.length > 1000 ? `${value} is too long` : undefined),
};
export const scheduledFor: Field = { type: 'string or null', check: withinADay };
export const webAddress: Field = {
  type: 'string',
  check: (value) => (value.startsWith('https://') && URL.canParse(value) ? undefined : 'is not a valid https url'),
};

/** Makes a field that takes one of some words. */
export function oneOf(words: readonly string[]): Field {
  return {
    type: 'string',
    check: (value) => (words.includes(value) ? undefined : `${value} is not one of [${words.join(', ')}]`),
  };
}

/** Reads a body for a route, saying everything that is wrong at once. @throws Refusal 400 */
export function readFields(given: unknown, shape: Shape): Record<string, unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw invalid([`${JSON.stringify(given)} is not of type object`]);
  const values = given as Record<string, unknown>;
  const fields = { ...shape.required, ...shape.optional };
  const wrong = [
    ...Object.keys(shape.required)
      .filter((name) => !(name in values))
      .map((name) => `${name} is a required property`),
    ...tooMany(Object.keys(values).filter((name) => !(name in fields))),
    ...Object.entries(fields).flatMap(([name, field]) => (name in values ? wrongWith(name, values[name], field) : [])),
  ];
  if (wrong.length > 0) throw invalid(wrong);
  return values;
}

function tooMany(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    `Additional properties are not allowed (${names.join(', ')} ${names.length === 1 ? 'was' : 'were'} unexpected)`,
  ];
}

function wrongWith(name: string, value: unknown, field: Field): string[] {
  if (value === null && field.type === 'string or null') return [];
  const type = field.type === 'string or null' ? 'string' : field.type;
  if (typeOf(value) !== type) return [`${name} ${written(value)} is not of type ${field.type.replace(' or ', ', ')}`];
  const problem = typeof value === 'string' ? field.check?.(value) : undefined;
  return problem === undefined ? [] : [`${name} ${problem}`];
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function withinADay(value: string): string | undefined {
  const at = Date.parse(value);
  if (Number.isNaN(at))
    return 'datetime format is invalid. It must be a valid ISO8601 date time format, https://en.wikipedia.org/wiki/ISO_8601';
  if (at < Date.now()) return 'datetime can not be in the past';
  return at > Date.now() + 86_400_000 ? 'datetime can only be 24 hours in the future' : undefined;
}
