/** What is said of the numbers of a preview, the same everywhere. Pure. */
import { describeFailure, type Translate } from '../language/translate';
import type { WireFailure } from '../failure/failure';
import type { Navigation } from '../protocol/navigation';
import type { PreviewError } from '../protocol/preview';
import { errorOf } from '../protocol/previewed';
import type { TraceSnapshot } from '../protocol/traceSnapshot';
import { fourDecimals } from './names';
import { isRunning, showsLayer } from './traceState';

/** Stands before each number that is approximate. */
const MARK = '≈';

/** A number, or a name of numbers, marked if it is approximate. */
export const marked = (words: string, approximate: boolean): string =>
  approximate ? `${MARK} ${words}` : words;

export const approximateWords = (t: Translate): string =>
  marked(t('approximate (8-bit preview)'), true);

/** Whether what a navigation shows is there approximately alone. */
export const isApproximate = (
  navigation: Pick<Navigation, 'stack' | 'layer'>,
  { previewed }: TraceSnapshot,
): boolean => previewed?.approximate.some((one) => showsLayer(navigation, one)) ?? false;

/** Of a run: that its numbers are approximate, how far they were off, or why there was no preview; null: nothing. */
export function previewSentence(snapshot: TraceSnapshot, t: Translate): string | null {
  const { plan, previewed } = snapshot;
  if (plan?.preview?.kind === 'none') return describeFailure(plan.preview.why, t);
  if (previewed === null) return null;
  const { length: count } = previewed.approximate;
  if (count > 0)
    return marked(
      isRunning(snapshot)
        ? t(
            'Approximate numbers (8-bit preview) are shown until the exact ones take their place (layers: {count}).',
            { count },
          )
        : t(
            'The run ended early: some numbers are only approximate (8-bit preview, layers: {count}).',
            { count },
          ),
      true,
    );
  const error = errorOf(previewed.errors);
  return error && describeFailure(errorNotice(error), t);
}

/** How far a preview was off, in words. */
export const errorNotice = ({ largest, mean }: PreviewError): WireFailure => ({
  code: 'notice.previewError',
  args: { largest: atLeast(largest), mean: atLeast(mean) },
});

/** Half of the last decimal that is shown. */
const LEAST = 0.00005;

/** An error that is not 0 is not called 0. */
const atLeast = (value: number): string =>
  value > 0 && value < LEAST ? value.toExponential(0) : fourDecimals(value);
