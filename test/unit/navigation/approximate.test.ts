import assert from 'node:assert/strict';
import { translator } from '../../../src/language/translate';
import { isApproximate, marked, previewSentence } from '../../../src/navigation/approximate';
import { atNewestLayer, isComputed, rowAddress } from '../../../src/navigation/navigationRules';
import { layersDone } from '../../../src/navigation/traceState';
import type { TraceEvent } from '../../../src/protocol/engineMessages';
import { initialNavigation } from '../../../src/protocol/navigation';
import { applyEvent, emptySnapshot } from '../../../src/protocol/traceMirror';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { LANGUAGE, translations } from '../../manifest/translations';
import { modelOf, planWith, tokenOf } from '../../support/traceParts';
import { finished } from '../host/fakeEngine';

const LAYERS = 3;
const t = translator({});
const chinese = translator(Object.fromEntries(translations(LANGUAGE)));

const plan = planWith({
  text: 'a b',
  source: [tokenOf('a'), tokenOf('b')],
  model: modelOf({
    architecture: 'encoder',
    layers: { encoder: LAYERS, decoder: 0 },
    heads: { encoder: 2, decoder: 0 },
  }),
  preview: { kind: 'int8' },
});

const layer = (index: number) => ({ stack: 'encoder' as const, layer: index });
const previewed = (index: number): TraceEvent => ({
  type: 'previewed',
  trace: 't',
  layer: layer(index),
  milliseconds: 1,
});
const exact = (index: number, largest: number): TraceEvent => ({
  type: 'layer',
  trace: 't',
  layer: layer(index),
  milliseconds: 1,
  previewError: { largest, mean: largest / 10 },
});
const after = (...events: readonly TraceEvent[]): TraceSnapshot =>
  events.reduce(
    applyEvent,
    applyEvent(emptySnapshot('t', ''), { type: 'planned', trace: 't', plan }),
  );
const read = [0, 1, 2].map(previewed);
const at = (index: number | 'mean') => ({ ...initialNavigation, layer: index });

describe('what a preview has read', () => {
  it('may be looked at, and is no layer that is done', () => {
    const snapshot = after(...read);
    assert.equal(layersDone(snapshot), 0);
    assert.ok(isComputed(at(2), snapshot));
    assert.ok(isComputed(at('mean'), snapshot));
    const token = { side: 'source' as const, index: 1, locked: false };
    assert.ok(rowAddress({ ...at(2), token }, snapshot, null) !== null);
    assert.equal(atNewestLayer(initialNavigation, snapshot).layer, LAYERS - 1);
  });

  it('is approximate until the exact layer is there, a mean until all are', () => {
    const snapshot = after(...read, exact(0, 0.01));
    assert.ok(!isApproximate(at(0), snapshot));
    assert.ok(isApproximate(at(1), snapshot));
    assert.ok(isApproximate(at('mean'), snapshot));
    const whole = after(...read, exact(0, 0.01), exact(1, 0.02), exact(2, 0.03));
    assert.ok(!isApproximate(at('mean'), whole));
    assert.ok(isComputed(at('mean'), whole));
  });

  it('never takes the place of what is exact', () => {
    const snapshot = after(exact(0, 0), previewed(0));
    assert.ok(!isApproximate(at(0), snapshot));
    assert.equal(snapshot.layers.length, 1);
  });
});

describe('the words about a preview', () => {
  it('mark a number', () => {
    assert.equal(marked('0.5', true), '≈ 0.5');
    assert.equal(marked('0.5', false), '0.5');
  });

  it('say that numbers are approximate as long as they are', () => {
    assert.equal(previewSentence(after(), t), null);
    assert.equal(
      previewSentence(after(...read), t),
      '≈ Approximate numbers (8-bit preview) are shown until the exact ones take their place (layers: 3).',
    );
    assert.equal(
      previewSentence(after(...read, exact(0, 0.01), finished('t', 'cancelled')), t),
      '≈ The run ended early: some numbers are only approximate (8-bit preview, layers: 2).',
    );
    assert.equal(
      previewSentence(after(...read), chinese),
      '≈ 当前显示近似数字（8 位预览），将由精确数字取代（层数：3）。',
    );
  });

  it('say in the end how far they were off', () => {
    const whole = after(...read, exact(0, 0.0123), exact(1, 0.006), exact(2, 0.003));
    assert.equal(
      previewSentence(whole, t),
      'The 8-bit preview was off by at most 0.0123 (mean 0.0007) on this text; all numbers are exact now.',
    );
    const close = after(...read, ...[0, 1, 2].map((index) => exact(index, 0.00012)));
    assert.match(previewSentence(close, t) ?? '', /at most 0\.0001 \(mean 1e-5\)/);
  });

  it('say why there was none', () => {
    const none = { kind: 'none', why: { code: 'preview.quick', args: {} } } as const;
    const snapshot = { ...after(), plan: { ...plan, preview: none } };
    assert.match(previewSentence(snapshot, t) ?? '', /^No 8-bit preview: .*too quickly/);
  });
});
