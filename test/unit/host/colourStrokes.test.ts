import assert from 'node:assert/strict';
import type { Navigation } from '../../../src/protocol/navigation';
import { ColourWorld, FILE, inspectionOf, linkOf, navigation, settled } from './colourWorld';
import { plan } from './fakeEngine';
import { decoderPlan, piece, readBy, WORDS, wordPlan } from './wordFixture';
import { written as wrote } from '../../support/writings';

const FRAME_MS = 16;

const painted = ['query looksAt 8', 'strongest looksAt', 'weight looksAt 15'];

describe('what colours say', () => {
  it('have another hue for the other direction', async () => {
    const world = new ColourWorld(FILE);
    await world.hold(inspectionOf(1, { navigation: { ...navigation, direction: 'lookedAt' } }));
    assert.ok(world.editor.names.includes('weight lookedAt 15'));
    assert.ok(!world.editor.names.some((name) => name.includes('looksAt')));
  });

  it('dim what is stale', async () => {
    const world = new ColourWorld(FILE);
    await world.hold(inspectionOf(1), linkOf({ stale: true }));
    assert.deepEqual(world.editor.names, [
      'query looksAt 3 stale',
      'strongest looksAt',
      'weight looksAt 5',
    ]);
  });

  it('follow the colour scale', async () => {
    const world = new ColourWorld(FILE);
    world.weights = Float32Array.of(0, 0.04, 0.25, Number.NaN);
    await world.hold(inspectionOf(1));
    assert.ok(world.editor.names.includes('weight looksAt 15'));
    world.scale = 'absolute';
    world.readerChanged.emit();
    await settled();
    assert.ok(!world.editor.names.includes('weight looksAt 15'));
    assert.deepEqual(world.editor.painted.get('weight looksAt 8'), [[4, 7]]);
  });

  it('only frame the chosen token where its weights belong to the output, and nothing for the decoder', async () => {
    const world = new ColourWorld(FILE);
    const written = [1, 2].map(() => wrote(plan.source[1] ?? plan.target[0]!));
    const snapshot = { ...inspectionOf(1).snapshot, written };
    const seen: Navigation = { ...navigation, stack: 'cross', direction: 'lookedAt' };
    await world.hold(inspectionOf(1, { snapshot, navigation: seen }));
    assert.deepEqual(world.editor.names, ['query lookedAt weightless']);
    assert.deepEqual(world.editor.painted.get('query lookedAt weightless'), [[0, 3]]);

    const token = { side: 'target' as const, index: 1, locked: false };
    const decoder: Navigation = { ...navigation, stack: 'decoder', token };
    await world.hold(inspectionOf(1, { snapshot, navigation: decoder }));
    assert.deepEqual(world.editor.names, []);
    assert.equal(world.asked.length, 0, 'no row is about the text');

    const cross: Navigation = { ...navigation, stack: 'cross', token };
    await world.hold(inspectionOf(1, { snapshot, navigation: cross }));
    assert.deepEqual(world.editor.names, [
      'strongest looksAt',
      'weight looksAt 15',
      'weight looksAt 8',
    ]);
  });

  it('let a selection be seen, unless it is of the whole text', async () => {
    const world = new ColourWorld(FILE);
    world.editor.selection = [[0, 7]];
    await world.hold(inspectionOf(1));
    assert.deepEqual(world.editor.names, painted);
    world.editor.selection = [[1, 3]];
    world.surfaces.moved.emit(world.editor);
    world.clock.pass(FRAME_MS);
    await settled();
    assert.deepEqual(world.editor.names, ['query looksAt weightless', ...painted.slice(1)]);
  });

  const wordSpans = wordPlan.source.map(({ span }) => span);

  it('cover a word from its first character to its last where words are looked at', async () => {
    const world = new ColourWorld(FILE);
    world.weights = Float32Array.of(0, 0.25, 0.5, 1, 0);
    const token = { side: 'source', index: 2, locked: false } as const;
    const { subject } = inspectionOf(1);
    await world.hold(
      inspectionOf(1, {
        subject: { ...subject, text: WORDS },
        snapshot: readBy(wordPlan),
        navigation: { ...navigation, unit: 'word', token },
      }),
      linkOf({ parts: [[0, 19]], spans: wordSpans }),
    );
    assert.deepEqual(Object.fromEntries(world.editor.painted), {
      'query looksAt 11': [[3, 15]],
      'strongest looksAt': [
        [16, 19],
        [3, 15],
        [0, 2],
      ],
      'weight looksAt 15': [[16, 19]],
      'weight looksAt 8': [[0, 2]],
    });
  });

  it('leave out what a decoder cannot see: what comes after the token', async () => {
    const world = new ColourWorld(FILE);
    world.weights = Float32Array.of(0.5, 1, 0, 0, 0);
    const spans = decoderPlan.source.map(({ span }) => span);
    const inspection = inspectionOf(1, {
      subject: { ...inspectionOf(1).subject, text: WORDS },
      snapshot: readBy(decoderPlan),
      navigation: { ...navigation, stack: 'decoder' },
    });
    const link = linkOf({ parts: [[0, 19]], spans });
    const painted = (): ReadonlySet<string> =>
      new Set([...world.editor.painted.values()].flat().map((span) => WORDS.slice(...span)));
    await world.hold(inspection, link);
    assert.deepEqual(painted(), new Set(['un', 'An']));
    world.weights = Float32Array.of(0, 1, 0.5, 0.25, 0.25);
    const lookedAt = { ...inspection.navigation, direction: 'lookedAt' } as const;
    await world.hold({ ...inspection, navigation: lookedAt }, link);
    assert.deepEqual(painted(), new Set(['un', 'believ', 'able', 'cat']));
  });

  it('stand in both texts of a pair, whole signs in each', async () => {
    const world = new ColourWorld(FILE);
    const [text, pair] = ['Who?', '👩‍🚀!'];
    world.weights = Float32Array.of(0.5, 0.25, 1, 0.125);
    const source = [
      piece('Who?', [0, 4], 0),
      piece('👩\u200d', [0, 3], 1, 1),
      piece('🚀', [3, 5], 1, 1),
      piece('!', [5, 6], 2, 1),
    ];
    const { subject } = inspectionOf(1);
    const token = { side: 'source', index: 0, locked: false } as const;
    await world.hold(
      inspectionOf(1, {
        subject: { ...subject, text, pair: { text: pair, place: null } },
        snapshot: readBy({ ...wordPlan, text, pair, source }),
        navigation: { ...navigation, token },
      }),
      linkOf({
        parts: [
          [0, 4],
          [10, 16],
        ],
        spans: [
          [0, 4],
          [10, 13],
          [13, 15],
          [15, 16],
        ],
      }),
    );
    assert.deepEqual(world.editor.painted.get('weight looksAt 15'), [[10, 15]]);
    assert.deepEqual(world.editor.painted.get('query looksAt 11'), [[0, 4]]);
  });
});
