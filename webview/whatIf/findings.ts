/** What happened, in sentences that the numbers make: nothing is promised beforehand. Pure. */
import type { Translate } from '../../src/language/translate';
import { labelAt } from '../../src/navigation/labels';
import { fourDecimals, shortName } from '../../src/navigation/names';
import { tokensOf } from '../../src/navigation/traceState';
import type { Change } from '../../src/protocol/change';
import { isSameHead } from '../../src/protocol/headProfile';
import type { Answer } from '../../src/protocol/queries';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { Place } from './place';

/** Weights that differ by less differ by the order in which float32 numbers were added. */
const ROUNDING = 1e-5;

/** What is known of a changed head. */
export interface HeadFound {
  readonly change: Change;
  readonly place: Place;
  readonly head: Answer<'whatIf'>;
  readonly moved: Answer<'whatIfMatrix'>['moved'];
}

export function headFindings(found: HeadFound, snapshot: TraceSnapshot, t: Translate): string[] {
  const { change, place, head } = found;
  const name = shortName(place, t);
  return [
    ...movedWords(found, name, snapshot, t),
    ...(change.kind === 'scoreFunction' ? scoreWords(head, name, snapshot, t) : []),
    ...(change.kind === 'unmasked' ? laterWords(head, place, name, t) : []),
    ...(change.kind === 'otherQuery' ? queryWords(head, name, t) : []),
  ];
}

function movedWords(
  { change, place, moved }: HeadFound,
  name: string,
  snapshot: TraceSnapshot,
  t: Translate,
): string[] {
  const top = moved[0];
  const shifted = change.kind === 'positionsShifted' && isRelative(snapshot);
  const unfelt = shifted ? [t('Its positions are relative: they do not feel a shift.')] : [];
  if (top === undefined)
    return isMuted(change, place)
      ? [t('The weights of {name} stay exactly as trained; what they mix is left out.', { name })]
      : [
          t('{name} is exactly as trained: the change does not reach its weights.', { name }),
          ...unfelt,
        ];
  const size = Math.abs(top.changed - top.asTrained);
  if (size >= ROUNDING)
    return [
      t('The largest move in {name}: “{query}” → “{key}”, from {asTrained} to {changed}.', {
        name,
        query: labelAt(tokensOf(snapshot, place.querySide), top.query),
        key: labelAt(tokensOf(snapshot, place.keySide), top.key),
        asTrained: fourDecimals(top.asTrained),
        changed: fourDecimals(top.changed),
      }),
    ];
  const nothing = t(
    'Nothing changed in {name}: no weight moved by more than {size}, which is rounding.',
    { name, size: size.toExponential(1) },
  );
  return [nothing, ...unfelt];
}

const isRelative = ({ plan }: TraceSnapshot): boolean =>
  ['rotary', 'alibi', 'relativeBias'].includes(plan?.model.positionKind.kind ?? '');

const isMuted = (change: Change, place: Place): boolean =>
  change.kind === 'muted' && change.heads.some((one) => isSameHead(one, place));

function scoreWords(
  { asTrained, changed }: Answer<'whatIf'>,
  name: string,
  { plan }: TraceSnapshot,
  t: Translate,
): string[] {
  const [before, now] = [asTrained.mean, changed.mean];
  if (before === null || now === null) return [];
  const said = t(
    'As a mean over its queries the variance of the scores of {name} goes from {a} to {b} (d_k = {width}), the largest weight from {c} to {d}.',
    {
      name,
      a: fourDecimals(before.variance),
      b: fourDecimals(now.variance),
      width: plan?.model.headWidth ?? 0,
      c: fourDecimals(before.largest),
      d: fourDecimals(now.largest),
    },
  );
  const numbers = {
    before: fourDecimals(before.gradient),
    now: fourDecimals(now.gradient),
    bits: fourDecimals(before.entropy),
    left: fourDecimals(now.entropy),
  };
  return [said, gradientWords(before, now, numbers, t)].filter((words) => words !== '');
}

/** Sharper is not yet saturated: between two keys the gradient is largest where they share the weight. */
function gradientWords(
  before: { readonly entropy: number; readonly gradient: number },
  now: { readonly entropy: number; readonly gradient: number },
  numbers: Record<'before' | 'now' | 'bits' | 'left', string>,
  t: Translate,
): string {
  if (now.entropy === before.entropy) return '';
  if (now.entropy > before.entropy)
    return t(
      'The softmax gets flatter: entropy {bits} → {left} bits, size of its gradient {before} → {now}.',
      numbers,
    );
  return now.gradient < before.gradient
    ? t(
        'The softmax saturates: entropy {bits} → {left} bits, and the size of its gradient shrinks, {before} → {now}.',
        numbers,
      )
    : t(
        'The softmax gets sharper, entropy {bits} → {left} bits, but does not saturate on this text: the size of its gradient is larger, {before} → {now}.',
        numbers,
      );
}

function laterWords(
  { changed }: Answer<'whatIf'>,
  { stack }: Place,
  name: string,
  t: Translate,
): string[] {
  // An encoder has seen later tokens all along: nothing leaks there.
  if (stack !== 'decoder')
    return [
      t(
        '{name} never had this mask: it is that of the decoder’s self-attention. Choose a head there, such as {other}, to see the future leak in.',
        { name, other: shortName({ stack: 'decoder', layer: 0, head: 0 }, t) },
      ),
    ];
  if (changed.later === null) return [];
  return [
    t(
      'As a mean {share} of the weight of {name} goes to later tokens; as trained it is exactly 0.',
      {
        share: fourDecimals(changed.later.mean),
        name,
      },
    ),
  ];
}

function queryWords({ moved }: Answer<'whatIf'>, name: string, t: Translate): string[] {
  if (moved.queries === 0 && moved.keys === 0 && moved.values === 0) return [];
  if (moved.keys === 0 && moved.values === 0)
    return [
      t(
        'Keys and values of {name} are identical to the last bit; a number of its queries moved by up to {size}.',
        { name, size: fourDecimals(moved.queries) },
      ),
    ];
  return [
    t(
      'Layers before {name} were changed too, so its values moved as well: a number by up to {size}.',
      { name, size: fourDecimals(moved.values) },
    ),
  ];
}
