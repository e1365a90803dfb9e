/** What a chip says of the token or word it stands for, in words. Pure. */
import type { Translate } from '../../src/language/translate';
import { marked } from '../../src/navigation/approximate';
import type { Unseen } from '../../src/navigation/causality';
import {
  candidateName,
  shareMark,
  shareOf,
  visibleLabel,
  visiblePiece,
} from '../../src/navigation/labels';
import { fourDecimals } from '../../src/navigation/names';
import {
  groupsOn,
  listedOf,
  tokensOf,
  writingSide,
  writtenFor,
} from '../../src/navigation/traceState';
import type { Side, Unit } from '../../src/protocol/address';
import type { Token, WrittenToken } from '../../src/protocol/trace';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { Said } from './said';

export interface ChipFacts {
  /** Place in the list; of a word, not that of its tokens. */
  readonly index: number;
  readonly label: string;
  /** `1/4`: one of four tokens for the same characters; null: the only one. */
  readonly mark: string | null;
  /** For a screen reader: label, mark, and which of two texts, or that the output begins here. */
  readonly name: string;
  readonly special: boolean;
  /** The tokens it stands for, from position `first` on. */
  readonly tokens: readonly Token[];
  readonly first: number;
  /** What else an output token might have been. */
  readonly written: WrittenToken | null;
}

/** The name of the first or second of two texts, or of what was written after the text. */
export function partName(part: 0 | 1 | 'output', t: Translate): string {
  if (part === 'output') return t('Output');
  return part === 0 ? t('First text') : t('Second text');
}

/** Facts of the entries of a side from index `from` on. */
export function chipFactsOf(
  snapshot: TraceSnapshot,
  side: Side,
  unit: Unit,
  from: number,
  t: Translate,
): ChipFacts[] {
  const tokens = tokensOf(snapshot, side);
  const listed = listedOf(snapshot, side, unit);
  const groups = groupsOn(snapshot, side, unit);
  const { plan } = snapshot;
  const isPair = side === 'source' && plan?.pair != null;
  const isWriting = plan !== null && writingSide(plan) === side;
  return listed.slice(from).map((entry, i) => {
    const index = from + i;
    const { first, last } = groups[index] ?? { first: index, last: index };
    const share = shareOf(listed, index);
    const label = visibleLabel(entry);
    const mark = share === null ? null : shareMark(share);
    const begun = isPair || entry.part === 'output' ? beginningPart(listed, index) : null;
    const own = mark === null ? label : `${label} ${mark}`;
    return {
      index,
      label,
      mark,
      name: begun === null ? own : `${partName(begun, t)}: ${own}`,
      special: entry.special,
      tokens: tokens.slice(first, last + 1),
      first,
      written: isWriting ? writtenFor(snapshot, index, unit) : null,
    };
  });
}

function beginningPart(listed: readonly Token[], index: number): Token['part'] {
  const part = listed[index]?.part ?? null;
  const isFirst = part !== null && listed.findIndex((entry) => entry.part === part) === index;
  return isFirst ? part : null;
}

/** As the table of candidates has them. */
function candidateLines(written: WrittenToken | null, t: Translate): string[] {
  if (written === null) return [];
  const lines = written.candidates.map(
    (candidate) => `${fourDecimals(candidate.probability)}  “${candidateName(candidate)}”`,
  );
  return [t('Candidates:'), ...lines];
}

/** The vocabulary's entries: of one token, or of all that a word is made of. */
function tokenLine({ tokens, first }: ChipFacts, t: Translate): string {
  const [token] = tokens;
  if (token === undefined) return '';
  if (tokens.length === 1)
    return t('{piece}, id {id}, at position {index}', {
      piece: visiblePiece(token),
      id: token.id,
      index: first,
    });
  const last = first + tokens.length - 1;
  const pieces = tokens.map(visiblePiece).join(' + ');
  return t('{pieces}, at positions {first} to {last}', { pieces, first, last });
}

function unseenLine(unseen: Unseen, t: Translate): string {
  switch (unseen) {
    case 'later':
      return t('Comes later: the chosen token cannot see it');
    case 'earlier':
      return t('Comes earlier: it cannot see the chosen token');
    case 'beforeWindow':
      return t('Before the sliding window: the chosen token cannot see it');
    case 'afterWindow':
      return t('Its sliding window begins after the chosen token, which it cannot see');
  }
}

/** What the pointer is told: the vocabulary's entry, the exact weight, the candidates. */
export function chipTitle(facts: ChipFacts, said: Said, t: Translate, approximate = false): string {
  const lines = [tokenLine(facts, t)];
  if (facts.mark !== null)
    lines.push(t('One of several tokens for the same characters: {mark}', { mark: facts.mark }));
  if (typeof said === 'number')
    lines.push(t('weight {weight}', { weight: marked(fourDecimals(said), approximate) }));
  if (typeof said === 'string') lines.push(unseenLine(said, t));
  return [...lines, ...candidateLines(facts.written, t)].join('\n');
}
