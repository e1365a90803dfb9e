import { Failure } from '../failure/failure';

/** What the system's refusal to read a file says to a person. */
export function unreadable(folder: string, file: string, error: unknown): Failure {
  const reason = codeOf(error) ?? String(error);
  return new Failure('checkpoint.unreadable', { file, folder, reason }, { cause: error });
}

/** The system's name for an error, such as `ENOENT`; null for errors that are not the system's. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error ? String(error.code) : null;
}
