// fontkit brings no types. Only what letters use of it is said here.
declare module 'fontkit' {
  /** A parsed font; the PDF library takes whatever can lay text out. */
  export interface ParsedFont {
    readonly unitsPerEm: number;
    layout(text: string, features?: readonly string[]): unknown;
  }
  export function create(bytes: Uint8Array): ParsedFont;
}
