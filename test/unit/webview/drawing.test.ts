import assert from 'node:assert/strict';
import fc from 'fast-check';
import { weightScale } from '../../../src/palette/weightScale';
import { visibleLabel } from '../../../src/navigation/labels';
import type { Token } from '../../../src/protocol/trace';
import { labelledIndices, niceStep, shorten } from '../../../webview/drawing/axisLabels';
import {
  keepPixels,
  largestIn,
  meanColumns,
  rasterOfPixels,
} from '../../../webview/drawing/raster';
import { orderAfterClick, sorted } from '../../../webview/drawing/sorting';
import { escapeXml, svgPicture, MOST_RECTANGLES } from '../../../webview/drawing/svgPicture';
import { flowOfPieces, flowOfText } from '../../../webview/drawing/tokenFlow';
import { tokenOf } from '../../support/traceParts';
import {
  cellAt,
  clampViewport,
  fitViewport,
  panBy,
  reveal,
  zoomAt,
} from '../../../webview/drawing/viewport';

const LONE_SURROGATE = /\p{Surrogate}/u;
const frame = { rows: 40, columns: 60, width: 300, height: 200 };

describe('pictures in less room', () => {
  it('keep the largest weight, wherever it lies', () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(size, size, size, size, fc.nat(), (rows, columns, fewer, narrower, seed) => {
        const bytes = Uint8Array.from({ length: rows * columns }, (_, i) => (i * 37 + seed) % 251);
        const less = largestIn({ rows, columns, bytes }, fewer, narrower);
        assert.equal(less.bytes.length, fewer * narrower);
        if (fewer <= rows && narrower <= columns)
          assert.equal(Math.max(...less.bytes), Math.max(...bytes));
        assert.ok(less.bytes.every((byte) => bytes.includes(byte)));
      }),
    );
  });

  it('have means where columns share room', () => {
    const values = Float32Array.from([1, 3, -1, 1, 5, 5, 0, 2]);
    assert.deepEqual([...meanColumns(values, 4, 2)], [2, 0, 5, 1]);
    assert.equal(meanColumns(values, 4, 4), values);
  });
});

describe('viewport', () => {
  it('fits the whole matrix', () => {
    const view = fitViewport(frame);
    assert.equal(view.cell, 5);
    assert.deepEqual(cellAt(view, frame, 299.9, 199.9), { row: 39, column: 59 });
  });

  it('keeps the point under the pointer while zooming', () => {
    const view = zoomAt(fitViewport(frame), frame, 3, 150, 100);
    assert.deepEqual(cellAt(view, frame, 150, 100), cellAt(fitViewport(frame), frame, 150, 100));
  });

  it('never shows what is outside, whatever is done to it', () => {
    const act = fc.oneof(
      fc.record({
        factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
        x: fc.integer({ min: 0, max: 300 }),
        y: fc.integer({ min: 0, max: 200 }),
      }),
      fc.record({
        dx: fc.integer({ min: -900, max: 900 }),
        dy: fc.integer({ min: -900, max: 900 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
        const view = acts.reduce(
          (before, step) =>
            'dx' in step
              ? panBy(before, frame, step.dx, step.dy)
              : zoomAt(before, frame, step.factor, step.x, step.y),
          fitViewport(frame),
        );
        assert.ok(view.left >= 0 && view.left + frame.width / view.cell <= frame.columns + 1e-6);
        assert.ok(view.top >= 0 && view.top + frame.height / view.cell <= frame.rows + 1e-6);
      }),
    );
  });

  it('moves just enough to show a cell', () => {
    const close = clampViewport({ left: 0, top: 0, cell: 20 }, frame);
    assert.deepEqual(reveal(close, frame, { row: 2, column: 3 }), close);
    const moved = reveal(close, frame, { row: 39, column: 59 });
    assert.deepEqual(cellAt(moved, frame, 299, 199), { row: 39, column: 59 });
  });
});

describe('axis labels', () => {
  it('thins evenly, in steps of 1, 2 and 5', () => {
    assert.deepEqual([1, 1.1, 3, 7, 11, 51].map(niceStep), [1, 2, 5, 10, 20, 100]);
    assert.deepEqual(labelledIndices([3.2, 30], 4, 13), [5, 10, 15, 20, 25]);
    assert.deepEqual(labelledIndices([0, 4], 30, 13), [0, 1, 2, 3]);
  });

  it('shortens by characters, not by halves of them', () => {
    assert.equal(shorten('𝕳𝖊𝖆𝖉𝖑𝖎𝖌𝖍𝖙', 4), '𝕳𝖊𝖆…');
    assert.equal(shorten('it', 4), 'it');
  });
});

describe('raster', () => {
  const pixels = { rows: 2, columns: 3, bytes: Uint8Array.of(0, 1, 2, 3, 4, 255) };

  it('takes each pixel’s colour from the scale', () => {
    const scale = weightScale('dark', 'looksAt');
    const { rgba, width, height } = rasterOfPixels(pixels, scale);
    assert.deepEqual([width, height], [3, 2]);
    assert.deepEqual([...rgba.slice(20, 24)], [...scale.slice(765, 768), 255]);
  });

  it('drops the rows and columns of hidden tokens', () => {
    assert.deepEqual([...keepPixels(pixels, [1], [0, 2]).bytes], [3, 255]);
  });
});

const token = (label: string, span: [number, number] | null, special = false): Token =>
  tokenOf(label, { id: 1, span, special });

describe('token flow', () => {
  it('shows gaps, line breaks of every kind, and characters without a token', () => {
    const text = 'One two\r\nthree… four';
    const tokens = [
      token('>>fra<<', null, true),
      token('One', [0, 3]),
      token('two', [4, 7]),
      token('th', [9, 11]),
      token('ree', [11, 14]),
      token('four', [16, 20]),
      token('</s>', null, true),
    ];
    const kinds = flowOfText(tokens, text).map((item) =>
      item.kind === 'token'
        ? item.joined
          ? `+${item.index}`
          : item.index
        : item.kind === 'text'
          ? item.text
          : item.kind,
    );
    assert.deepEqual(kinds, [0, 'gap', 1, 'gap', 2, 'break', 3, '+4', '…', 5, 'gap', 6]);
  });

  it('breaks the line after a token that is a line break, once a CRLF', () => {
    const text = 'a\r\nb\n';
    const tokens = [
      token('a', [0, 1]),
      token('\r', [1, 2]),
      token('\n', [2, 3]),
      token('b', [3, 4]),
      token('\n', [4, 5]),
    ];
    const kinds = flowOfText(tokens, text).map((item) =>
      item.kind === 'token' ? item.index : item,
    );
    assert.deepEqual(kinds, [0, 1, 2, { kind: 'break', sign: false }, 3, 4]);
  });

  it('adds nothing but to its end when tokens are added', () => {
    const pieces = ['<pad>', '▁L', "'", 'animal', '▁n', '</s>'].map((piece) => ({
      ...token(piece, null, /[<]/.test(piece)),
      piece,
    }));
    for (let count = 1; count < pieces.length; count++) {
      const before = flowOfPieces(pieces.slice(0, count));
      assert.deepEqual(flowOfPieces(pieces).slice(0, before.length), before);
    }
  });

  it('makes the invisible visible and harmless', () => {
    assert.equal(visibleLabel(token('\n', [0, 1])), '↵');
    assert.equal(visibleLabel(token(' ', [0, 1])), '␣');
    assert.equal(visibleLabel(token('a\u202eb', [0, 3])), 'a⟨U+202E⟩b');
    assert.equal(visibleLabel({ ...token('', [0, 1]), piece: '<0x0A>' }), '<0x0A>');
  });
});

describe('sorting', () => {
  const entries = [
    { position: 0, weight: 0.2, norm: 3 },
    { position: 1, weight: 0.6, norm: 1 },
    { position: 2, weight: 0.2, norm: 2 },
  ];
  const places = (order: Parameters<typeof sorted>[1]): number[] =>
    sorted(entries, order).map(({ position }) => position);

  it('sorts by each column, ties in the order of the text', () => {
    assert.deepEqual(places({ column: 'weight', descending: true }), [1, 0, 2]);
    assert.deepEqual(places({ column: 'weight', descending: false }), [0, 2, 1]);
    assert.deepEqual(places({ column: 'norm', descending: true }), [0, 2, 1]);
  });

  it('turns round on a second click', () => {
    const first = orderAfterClick({ column: 'position', descending: false }, 'norm');
    assert.deepEqual(first, { column: 'norm', descending: true });
    assert.deepEqual(orderAfterClick(first, 'norm'), { column: 'norm', descending: false });
  });
});

describe('SVG picture', function () {
  // Long strings of random code points take their time on a busy machine.
  this.timeout(20_000);

  const parts = {
    title: 'E2·H3',
    description: 'd',
    lines: ['“<script>alert(1)</script>”'],
    queries: ['<img src=x onerror=alert(1)>', 'a&b'],
    keys: ['\u0000', '"\ud800"'],
    pixels: { rows: 2, columns: 2, bytes: Uint8Array.of(0, 80, 160, 255) },
    image: 'data:image/png;base64,AAAA',
    scale: weightScale('light', 'looksAt'),
    legend: { low: '0', high: '0.98', note: '√', scale: weightScale('light', 'looksAt') },
    font: '"Segoe UI", sans-serif',
    foreground: '#000',
    background: '#fff',
  };

  it('escapes everything that came from a text', () => {
    const { text } = svgPicture(parts);
    assert.ok(!text.includes('<img') && !text.includes('<script'));
    assert.ok(text.includes('&lt;img src=x on') && text.includes('a&amp;b'));
    assert.ok(!LONE_SURROGATE.test(text) && !text.includes('\u0000'));
  });

  it('holds title, description, legend and one rectangle a cell', () => {
    const { text } = svgPicture(parts);
    assert.match(text, /<title id="title">E2·H3<\/title><desc id="description">d<\/desc>/);
    assert.match(text, /0\.98 √/);
    assert.equal(text.match(/<rect x="\d+" y="\d+" width="28"/g)?.length, 4);
  });

  it('leaves out what is behind a causal mask or before a window', () => {
    const seen = [
      { first: 0, last: 0 },
      { first: 1, last: 1 },
    ];
    const { text } = svgPicture({ ...parts, seen });
    const places = [...text.matchAll(/<rect x="(\d+)" y="(\d+)" width="28"/g)];
    assert.deepEqual(
      places.map(([, x, y]) => `${x} ${y}`),
      ['0 0', '28 28'],
    );
  });

  it('embeds a picture when there are too many cells', () => {
    const side = Math.sqrt(MOST_RECTANGLES) + 1;
    const { text } = svgPicture({
      ...parts,
      pixels: { rows: side, columns: side, bytes: new Uint8Array(side * side) },
    });
    assert.ok(
      text.includes('href="data:image/png;base64,AAAA"') && !text.includes('shape-rendering'),
    );
  });

  it('escapes any string into well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeXml(text);
        assert.ok(!/[<>"']/.test(escaped) && !LONE_SURROGATE.test(escaped));
        assert.ok(!/&(?!(amp|lt|gt|quot|apos);)/.test(escaped));
      }),
    );
  });
});
