// The pictures of a hover: pixels in proportion, colours of the scale, and small.
import assert from 'node:assert/strict';
import { positionStrip, weightBar } from '../../../src/host/hover/hoverPictures';
import { signedStepOf } from '../../../src/palette/weightCoding';
import {
  colourAt,
  divergingScale,
  weightScale,
  type ScaleTheme,
} from '../../../src/palette/weightScale';

const themes: readonly ScaleTheme[] = ['dark', 'light', 'highContrastDark', 'highContrastLight'];

function svgOf(url: string): string {
  const [head, data = ''] = url.split(',');
  assert.equal(head, 'data:image/svg+xml;base64');
  return Buffer.from(data, 'base64').toString('utf8');
}

interface Drawn {
  readonly from: number;
  readonly width: number;
  readonly fill: string;
}

const rectanglesIn = (url: string): Drawn[] =>
  [
    ...svgOf(url).matchAll(/<rect x="([\d.]+)" width="([\d.]+)" height="\d+" fill="(#\w{6})"\/>/g),
  ].map(([, from, width, fill = '']) => ({ from: Number(from), width: Number(width), fill }));

const hex = (colour: readonly number[]): string =>
  `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;

describe('the pictures of a hover', () => {
  it('a bar is as long as its share of the maximum', () => {
    const scale = weightScale('dark', 'looksAt');
    const lengths = [0.8, 0.4, 0.2, 0.0001, 0].map(
      (weight) => rectanglesIn(weightBar(weight, 0.8, scale).url)[0]?.width,
    );
    assert.deepEqual(lengths, [72, 36, 18, 1, 0]);
    assert.equal(rectanglesIn(weightBar(0.5, 0, scale).url)[0]?.width, 1, 'no maximum to compare');
  });

  it('the largest weight has the last colour of the scale, in every theme and direction', () => {
    for (const theme of themes)
      for (const direction of ['looksAt', 'lookedAt'] as const) {
        const scale = weightScale(theme, direction);
        const [bar] = rectanglesIn(weightBar(0.3, 0.3, scale).url);
        assert.equal(bar?.fill, hex(colourAt(scale, 255)));
      }
  });

  it('a strip has the colour of every dimension in its place', () => {
    const scale = divergingScale('light');
    const encoding = Float32Array.from({ length: 256 }, (_, i) => Math.sin(i / 9));
    const strip = positionStrip(encoding, 1, scale);
    assert.equal(strip.together, 1);
    assert.equal(strip.width, 256);
    const runs = rectanglesIn(strip.url);
    for (const [dimension, value] of encoding.entries()) {
      const run = runs.find(({ from, width }) => from <= dimension && dimension < from + width);
      assert.equal(run?.fill, hex(colourAt(scale, signedStepOf(value, 1))), `${dimension}`);
    }
  });

  it('a wide encoding is drawn as means of as many dimensions as it says', () => {
    const scale = divergingScale('dark');
    const encoding = Float32Array.from({ length: 1000 }, (_, i) => (i % 4 < 2 ? 1 : -1));
    const strip = positionStrip(encoding, 1, scale);
    assert.equal(strip.together, 4);
    assert.equal(strip.width, 250);
    assert.deepEqual(rectanglesIn(strip.url), [
      { from: 0, width: 250, fill: hex(colourAt(scale, signedStepOf(0, 1))) },
    ]);
  });

  it('the most restless encoding stays small', () => {
    const encoding = Float32Array.from({ length: 1024 }, (_, i) => Math.sin(i * i));
    assert.ok(positionStrip(encoding, 1, divergingScale('dark')).url.length < 24_000);
  });
});
