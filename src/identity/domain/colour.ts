/** The least contrast WCAG 2 asks of ordinary text at level AA. */
export const LEAST_CONTRAST = 4.5;

/**
 * Measures a colour against white, for an administrator who chooses it: from 1 (white) to 21 (black).
 * @param colour `#rrggbb`
 * @source WCAG 2.2, contrast ratio and relative luminance
 */
export function contrastOnWhite(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255));
  const luminance = 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
  return Math.round((1.05 / (luminance + 0.05)) * 100) / 100;
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
