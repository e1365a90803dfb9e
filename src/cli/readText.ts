import { Failure } from '../failure/failure';
import { readWhole } from './readWhole';

/** V8 holds no longer text in one string. */
const MAX_TEXT_BYTES = 2 ** 29 - 24;

/**
 * The whole file, nothing trimmed, a byte-order mark kept: spans count from the first character.
 * @throws Failure `input.*`
 */
export async function readText(file: string): Promise<string> {
  const bytes = await readWhole(file, MAX_TEXT_BYTES).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure('input.unreadable', { file, reason }, { cause: error });
  });
  if (!bytes) throw new Failure('input.tooLong', { file, limit: MAX_TEXT_BYTES });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new Failure('input.encoding', { file }, { cause: error });
  }
}
