// What a hover asks and what it makes of the answers: the numbers of the row, and of no other.
import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import { gatherFacts } from '../../../src/host/hover/gatherFacts';
import { initialNavigation, type Navigation } from '../../../src/protocol/navigation';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { answers, Asked, float32, options, read } from './hoverAsking';

const gathered = (
  asked: Asked,
  navigation: Partial<Navigation> = {},
  snapshot = read,
  index = 1,
  side: 'source' | 'target' = 'source',
): ReturnType<typeof gatherFacts> =>
  gatherFacts(
    asked.sources,
    { snapshot, navigation: { ...initialNavigation, head: 0, ...navigation } },
    { side, index },
    options,
  );

describe('the facts of a hover', () => {
  it('asks three questions, about the token under the pointer and the head that is chosen', async () => {
    const asked = new Asked(answers);
    const locked = { side: 'source', index: 2, locked: true } as const;
    await gathered(asked, { token: locked, hideSpecials: true });
    assert.deepEqual(asked.questions, [
      {
        name: 'row',
        question: {
          stack: 'encoder',
          layer: 0,
          head: 0,
          direction: 'looksAt',
          hideSpecials: true,
          unit: 'token',
          token: 1,
        },
      },
      {
        name: 'focus',
        question: { side: 'source', token: 1, hideSpecials: true, unit: 'token', count: 3 },
      },
      { name: 'positions', question: { side: 'source', from: 1, to: 2 } },
    ]);
  });

  it('lists the strongest first, equal ones in the order of the text', async () => {
    const facts = await gathered(new Asked(answers));
    assert.deepEqual(
      facts?.row?.links.map(({ position, weight, norm }) => [position, weight, norm]),
      [
        [2, 0.5, 3],
        [0, 0.25, 1],
        [1, 0.125, 2],
        [3, 0.125, 4],
      ],
    );
    assert.equal(facts?.row?.maximum, 0.5);
    assert.equal(facts?.row?.hidden, null);
    assert.equal(facts?.focus[0]?.key.label, 'two');
  });

  it('lists no weight that would be shown as 0.0000', async () => {
    const row = {
      weights: float32(0.00004, 0.9998, 0.00006, 0),
      norms: float32(1, 2, 3, 4),
      hidden: 0,
      approximate: false,
    };
    const facts = await gathered(new Asked({ ...answers, row }));
    assert.deepEqual(
      facts?.row?.links.map(({ position }) => position),
      [1, 2],
    );
  });

  it('leaves hidden tokens out and knows their share', async () => {
    const row = {
      weights: float32(NaN, 0.25, 0.75, NaN),
      norms: float32(1, 2, 3, 4),
      hidden: 0.375,
      approximate: false,
    };
    const facts = await gathered(new Asked({ ...answers, row }), { hideSpecials: true });
    assert.deepEqual(
      facts?.row?.links.map(({ position }) => position),
      [2, 1],
    );
    assert.equal(facts?.row?.hidden, 0.375);
  });

  it('measures bars against 1 on the absolute scale', async () => {
    const { sources } = new Asked(answers);
    const inspection = { snapshot: read, navigation: initialNavigation };
    const chosen = { side: 'source', index: 1 } as const;
    const facts = await gatherFacts(sources, inspection, chosen, {
      stale: true,
      colourScale: 'absolute',
    });
    assert.equal(facts?.row?.maximum, 1);
    assert.equal(facts?.stale, true);
  });

  it('looked at from the output, it names the alternatives of the strongest output token', async () => {
    const row = {
      weights: float32(0.125, 0.25, 0.5),
      norms: float32(1, 2, 3),
      hidden: 0,
      approximate: false,
    };
    const asked = new Asked({ ...answers, row });
    // A source token is no query of the decoder: what looks at it is the output.
    const facts = await gathered(asked, { stack: 'decoder' });
    assert.deepEqual([facts?.navigation.stack, facts?.navigation.direction], ['cross', 'lookedAt']);
    assert.deepEqual(
      facts?.row?.links.map(({ token: { label } }) => label),
      ['deux', 'un', '<pad>'],
    );
    assert.equal(facts?.written?.position, 2);
    assert.equal(facts?.written?.there.token.label, 'deux');
  });

  it('of an output token it knows its own alternatives and the next token', async () => {
    const facts = await gathered(new Asked(answers), { stack: 'cross' }, read, 1, 'target');
    assert.equal(facts?.written?.there.token.label, 'un');
    assert.equal(facts?.next?.label, 'deux');
  });

  it('does not ask for a row that is not there yet, and says so', async () => {
    const asked = new Asked(answers);
    const running: TraceSnapshot = { ...read, layers: [], written: [], outcome: null };
    const facts = await gathered(asked, {}, running);
    assert.deepEqual(
      asked.questions.map(({ name }) => name),
      ['focus', 'positions'],
    );
    assert.equal(facts?.missing?.code, 'trace.awaited');
    assert.equal(facts?.token.label, 'One');
  });

  it('a question that is refused leaves the others', async () => {
    const asked = new Asked({
      ...answers,
      focus: new Failure('trace.noHead', { value: 9, last: 1 }),
    });
    const facts = await gathered(asked);
    assert.equal(facts?.missing?.code, 'trace.noHead');
    assert.deepEqual(facts?.focus, []);
    assert.equal(facts?.row?.links.length, 4);
    assert.equal(facts?.encoding?.values.length, 8);
  });

  it('knows nothing of a token that is not there', async () => {
    assert.equal(await gathered(new Asked(answers), {}, read, 4), null);
  });
});
