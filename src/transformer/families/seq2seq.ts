import type { HeadConfig } from '../config';
import { classKind } from './classNames';
import type { ConfigReader } from './configReader';
import { nextTokenHead } from './heads';

const KINDS = ['ForConditionalGeneration', 'MTModel', 'WithLMHeadModel', 'Model'] as const;

/** What an encoder–decoder says: the next token of its output; a base model gives states only. */
export function seq2seqHead(
  read: ConfigReader,
  vocabulary: number,
  tied: boolean,
  scale = 1,
): HeadConfig | null {
  const kind = classKind(read, KINDS, () => 'ForConditionalGeneration');
  return kind === 'Model' ? null : nextTokenHead(vocabulary, tied, scale);
}
