import { initialNavigation, type Navigation } from '../../protocol/navigation';
import type { Inspection } from './inspection';
import { sameTexts, type Subject } from './subject';

/** Where a new inspection begins; the reader may have stood somewhere before. */
export interface Beginning {
  readonly navigation: Navigation;
  readonly following: boolean;
}

/** View, layer and head stay as the reader left them with this model; tokens belong to their text. */
export function beginningAfter(before: Inspection | null, subject: Subject): Beginning {
  if (before === null || before.subject.model.folder !== subject.model.folder)
    return { navigation: initialNavigation, following: true };
  const { token } = before.navigation;
  const kept = sameTexts(before.subject, subject) && token?.side === 'source' ? token : null;
  const { following } = before;
  return { navigation: { ...before.navigation, token: kept }, following };
}
