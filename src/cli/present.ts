/** Shows an answer to a person on a terminal: names and values, lists of alike things as tables. */
export function present(value: unknown, indent = ''): string {
  if (Array.isArray(value))
    return value.length === 0 ? `${indent}none\n` : value.map((each) => presentItem(each, indent)).join('');
  if (value instanceof Date) return `${indent}${value.toISOString()}\n`;
  if (typeof value !== 'object' || value === null) return `${indent}${plain(value)}\n`;
  return Object.entries(value)
    .map(([name, each]) => presentEntry(name, each, indent))
    .join('');
}

function presentEntry(name: string, value: unknown, indent: string): string {
  const label = `${indent}${name}:`;
  if (isPlain(value)) return `${label} ${plain(value)}\n`;
  return `${label}\n${present(value, `${indent}  `)}`;
}

function presentItem(value: unknown, indent: string): string {
  if (isPlain(value)) return `${indent}- ${plain(value)}\n`;
  const entries = Object.entries(value as object);
  if (entries.every(([, each]) => isPlain(each)))
    return `${indent}- ${entries.map(([name, each]) => `${name} ${plain(each)}`).join('  ')}\n`;
  return `${indent}-\n${present(value, `${indent}  `)}`;
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null || value instanceof Date;
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '-';
  return value instanceof Date ? value.toISOString() : `${value as string | number | boolean}`;
}
