import { givenCount, groupsOn, writingSide } from '../../navigation/traceState';
import { initialNavigation, type Navigation } from '../../protocol/navigation';
import { groupOf } from '../../protocol/words';
import { commonBeginning } from './commonBeginning';
import type { Inspection } from './inspection';
import { sameSource, sameTexts, sameWriting, type Subject } from './subject';

/** Where a new inspection begins; the reader may have stood somewhere before. */
export interface Beginning {
  readonly navigation: Navigation;
  readonly following: boolean;
}

/**
 * View, layer and head stay as the reader left them with this model; tokens belong to their text.
 * @param output what is known of the new output: the ids it begins with
 */
export function beginningAfter(
  before: Inspection | null,
  subject: Subject,
  output: readonly number[] = subject.writing?.begin.ids ?? [],
): Beginning {
  if (before === null || before.subject.model.folder !== subject.model.folder)
    return { navigation: initialNavigation, following: true };
  const { navigation, following } = before;
  return { navigation: { ...navigation, token: keptToken(before, subject, output) }, following };
}

/** A text is looked for where it stood; one that was edited is not there as the model read it. */
export const linkAfter = (before: Inspection | null, subject: Subject): Inspection['link'] =>
  before?.link === 'stale' && sameTexts(before.subject, subject)
    ? 'stale'
    : subject.place === null
      ? 'none'
      : 'linked';

/** A token of the text stays chosen; one of the output as long as the output is the same up to there. */
function keptToken(
  { subject: before, snapshot, navigation: { token, unit } }: Inspection,
  subject: Subject,
  output: readonly number[],
): Navigation['token'] {
  if (token === null || !sameTexts(before, subject)) return null;
  const side = snapshot.plan === null ? 'target' : writingSide(snapshot.plan);
  if (token.side !== side) return token;
  if (!sameSource(before, subject)) return null;
  if (sameWriting(before, subject)) return token;
  const groups = groupsOn(snapshot, side, unit);
  const written = snapshot.written.map((one) => one.token.id);
  // The last token that both have read when they go different ways.
  const fork = givenCount(snapshot) + commonBeginning(written, output) - 1;
  const last = groups[token.index]?.last ?? Number.POSITIVE_INFINITY;
  if (last <= fork) return token;
  // Who stood behind the fork stands at it; without one the output is a new one, and yet to come.
  return output.length > 0 && token.locked
    ? { ...token, index: Math.max(0, groupOf(groups, fork)) }
    : { ...token, locked: false };
}
