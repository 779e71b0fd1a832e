const furthest = 3;

/**
 * Finds the word somebody probably meant, for a person who mistyped it.
 *
 * Nearest by single-letter edits, at most three and fewer than a third of the word, so that sunday is not taken for monday; else nothing.
 */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let fewest = furthest + 1;
  for (const name of names) {
    if (Math.abs(name.length - written.length) > furthest) continue;
    const edits = editsBetween(written, name);
    if (edits < fewest && edits * 3 < name.length) [nearest, fewest] = [name, edits];
  }
  return nearest;
}

function editsBetween(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(swapped, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
