import { NotifyClient } from 'notifications-node-client';
import { StandInNotify } from './stand-in-notify.ts';

/** How Notify refused a request. */
export interface NotifyRefusal {
  readonly status: number;
  readonly errors: readonly { readonly error: string; readonly message: string }[];
}

/** Makes the official client of a service, as anybody would. */
export function officialClient(notify: StandInNotify, apiKey = StandInNotify.apiKey): NotifyClient {
  return new NotifyClient(notify.url, apiKey);
}

/** Gives the refusal a request ends in. @throws Error when it was not refused */
export async function refusalOf(asked: Promise<unknown>): Promise<NotifyRefusal> {
  const thrown: unknown = await asked.then(
    () => undefined,
    (error: unknown) => error,
  );
  const { response } = (thrown ?? {}) as {
    response?: { status: number; data: NotifyRefusal & { status_code: number } };
  };
  if (!response) throw new Error(`it was not refused by Notify: ${String(thrown)}`);
  if (response.data.status_code !== response.status) throw new Error('the body says another status');
  return { status: response.status, errors: response.data.errors };
}

/** Writes a refusal with one error. */
export function saying(status: number, error: string, message: string): NotifyRefusal {
  return { status, errors: [{ error, message }] };
}

/** Makes a PDF with so many pages, and about so many bytes. */
export function pdfOf(pages: number, bytes = 0): Buffer {
  const kids = Array.from({ length: pages }, (_, page) => `${page + 3} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    ...Array.from({ length: pages }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>'),
  ].map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`);
  return Buffer.from(`%PDF-1.7\n${objects.join('')}%${' '.repeat(bytes)}\n%%EOF\n`);
}
