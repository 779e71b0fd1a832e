/** One thing Notify says is wrong. */
export interface NotifyError {
  readonly error: string;
  readonly message: string;
}

/** An answer other than yes, in the shape Notify gives it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly errors: readonly NotifyError[],
  ) {
    super(errors[0]?.message);
  }

  get body(): { status_code: number; errors: readonly NotifyError[] } {
    return { status_code: this.status, errors: this.errors };
  }
}

/** Makes a refusal with one error. */
export function refusal(status: number, error: string, message: string): Refusal {
  return new Refusal(status, [{ error, message }]);
}

export const badRequest = (message: string): Refusal => refusal(400, 'BadRequestError', message);
export const notFound = (): Refusal => refusal(404, 'NoResultFound', 'No result found');
export const pdfNotReady = (): Refusal => refusal(400, 'PDFNotReadyError', 'PDF not available yet, try again later');

/** Makes the refusal of a body or a query in which these things are wrong; each is said once. */
export function invalid(messages: readonly string[]): Refusal {
  return new Refusal(
    400,
    [...new Set(messages)].map((message) => ({ error: 'ValidationError', message })),
  );
}

/** Makes the failure a person at Notify would have to look at. */
export function fault(status: 500 | 504): Refusal {
  return status === 504
    ? refusal(504, 'EventletTimeout', 'Timeout exceeded')
    : refusal(500, 'Exception', 'Internal server error');
}
