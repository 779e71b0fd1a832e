import { fileTypeFromBuffer } from 'file-type';

/** The types of file that are taken. */
export const evidenceTypes = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic'] as const;
/** Names a type of file that is taken. */
export type EvidenceType = (typeof evidenceTypes)[number];
/** The most a file may hold, in bytes. */
export const EVIDENCE_BYTES = 10 * 1024 * 1024;

const ENDINGS: Readonly<Record<EvidenceType, string>> = {
  ...{ 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/heic': 'heic' },
};

/** Tells for whoever takes a file in what it is by its content, whatever its name says; nothing where it is not taken. */
export async function evidenceTypeOf(bytes: Buffer): Promise<EvidenceType | undefined> {
  const found = await fileTypeFromBuffer(bytes);
  return evidenceTypes.find((type) => type === found?.mime);
}

/** Names a file for whoever lists it: as it was called, without folders or signs nobody types, with the ending of what it is. */
export function evidenceName(given: string, type: EvidenceType): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const plain = last.replaceAll(/\p{C}|["<>]/gu, '').replace(/\.[A-Za-z0-9]{1,5}$/, '');
  return `${plain.trim().slice(0, 100) || 'file'}.${ENDINGS[type]}`;
}
