/** The curves of a stream: as trained full, as changed dashed. Pure. */
import type { Translate } from '../../src/language/translate';
import type { Answer } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { Theme } from '../parts/theme';

export interface StreamCurve {
  readonly name: string;
  readonly colour: string;
  readonly dash: readonly number[];
  readonly width: number;
  readonly values: Float32Array;
}

const CHANGED = [6, 3];
const FULL = 1.75;
const THIN = 1;

type Colours = Pick<Theme, 'lines' | 'foreground'>;

export function lengthSeries(
  { asTrained, changed }: Answer<'stream'>,
  theme: Colours,
  t: Translate,
): StreamCurve[] {
  const both = changed !== null;
  return [
    curve(both ? t('‖x‖ as trained') : '‖x‖', 0, false, numbersOf(asTrained.norms), theme),
    ...(asTrained.sums === null
      ? []
      : [
          {
            ...curve(
              both ? t('before the norm, as trained') : t('before the norm'),
              2,
              false,
              numbersOf(asTrained.sums),
              theme,
            ),
            width: THIN,
          },
        ]),
    ...(changed === null
      ? []
      : [curve(t('‖x‖ changed'), 1, true, numbersOf(changed.norms), theme)]),
    ...(changed === null || changed.sums === null
      ? []
      : [
          {
            ...curve(t('before the norm, changed'), 3, true, numbersOf(changed.sums), theme),
            width: THIN,
          },
        ]),
  ];
}

export function directionSeries(
  { asTrained, changed }: Answer<'stream'>,
  theme: Colours,
  t: Translate,
): StreamCurve[] {
  const both = changed !== null;
  return [
    curve(
      both ? t('with the place before, as trained') : t('cosine with the place before'),
      0,
      false,
      numbersOf(asTrained.steps),
      theme,
    ),
    curve(
      both ? t('with the last place, as trained') : t('cosine with the last place'),
      2,
      false,
      numbersOf(asTrained.toLast),
      theme,
    ),
    ...(changed === null
      ? []
      : [
          curve(t('with the place before, changed'), 1, true, numbersOf(changed.steps), theme),
          curve(t('with the last place, changed'), 3, true, numbersOf(changed.toLast), theme),
        ]),
  ];
}

const curve = (
  name: string,
  index: number,
  changed: boolean,
  values: Float32Array,
  theme: Colours,
): StreamCurve => ({
  name,
  colour: theme.lines[index] ?? theme.foreground,
  dash: changed ? CHANGED : [],
  width: FULL,
  values,
});
