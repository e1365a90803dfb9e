import { Failure } from '../../failure/failure';
import type { ConfigReader } from './configReader';

/** The class of Hugging Face transformers that a folder names first; empty: it names none. */
export const classNameOf = (read: ConfigReader): string => read.texts('architectures')?.[0] ?? '';

/**
 * What kind of class it is, by the end of its name: `ForMaskedLM` of `BertForMaskedLM`.
 * @param otherwise for a folder that names none, as its tensors tell; null: they do not tell
 * @throws Failure `config.option` that lists the kinds this family can run
 */
export function classKind<K extends string>(
  read: ConfigReader,
  kinds: readonly K[],
  otherwise: () => K | null,
): K {
  const className = classNameOf(read);
  const kind = className === '' ? otherwise() : kinds.find((one) => className.endsWith(one));
  if (kind) return kind;
  throw new Failure('config.option', {
    option: 'architectures',
    value: className,
    supported: kinds.map((one) => `…${one}`).join(', '),
  });
}
