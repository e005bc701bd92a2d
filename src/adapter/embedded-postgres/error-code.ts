/** The code of a system or database error, e.g. `ENOENT` or `57P03`; empty when the error has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
