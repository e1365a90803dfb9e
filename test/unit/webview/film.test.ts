// The film of a generation: steps, what is shown of them, playing, branching.
import assert from 'node:assert/strict';
import { queryOfStep, toStep } from '../../../src/navigation/film';
import { initialNavigation } from '../../../src/protocol/navigation';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import type { Token, WrittenToken } from '../../../src/protocol/trace';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { plainWriting } from '../../../src/protocol/writing';
import { flowOfText } from '../../../webview/drawing/tokenFlow';
import { stepAfter } from '../../../webview/film/filmKeys';
import { filmAddress, filmSightOf, logProbability } from '../../../webview/film/filmSight';
import { forkedAtText, forkedAtToken } from '../../../webview/film/forking';
import { outputParts } from '../../../webview/film/outputParts';
import { Player } from '../../../webview/film/player';
import { numberedSteps, scrubLayout, stepAt } from '../../../webview/film/scrubLayout';
import { candidateEntries } from '../../../webview/film/stepCandidates';
import { modelOf, planWith, specialToken, tokenOf } from '../../support/traceParts';
import { written } from '../../support/writings';

const output = (label: string, start: number, id: number): Token =>
  tokenOf(label, { id, piece: `▁${label}`, span: [start, start + label.length], word: id });
const WRITTEN = [
  output('Le', 0, 10),
  output('chat', 3, 11),
  output('dort', 8, 12),
  specialToken('</s>', 1),
];

function translated(count = WRITTEN.length): TraceSnapshot {
  const source = [tokenOf('The'), tokenOf('cat'), tokenOf('sleeps'), specialToken('</s>', 1)];
  const target = [specialToken('<pad>', 0)];
  return {
    ...emptySnapshot('a', 'a.txt'),
    plan: planWith({ text: 'The cat sleeps', source, target }),
    written: WRITTEN.slice(0, count).map((token, i) => written(token, { probability: 0.5 ** i })),
    output: 'Le chat dort',
  };
}

/** A model that is but a decoder goes on with three tokens. */
function continued(): TraceSnapshot {
  const source = ['the', 'cat'].map((label, i) =>
    tokenOf(label, { piece: `▁${label}`, span: [4 * i, 4 * i + 3], part: 0, word: i }),
  );
  const tokens = [' sat', '\n', 'down'].map((label, i) =>
    tokenOf(label, { piece: i === 0 ? 'Ġsat' : label, id: 20 + i, part: 'output', word: i }),
  );
  return {
    ...emptySnapshot('b', 'b.txt'),
    plan: planWith({
      text: 'the cat',
      source,
      model: modelOf({
        architecture: 'decoder',
        layers: { encoder: 0, decoder: 2 },
        heads: { encoder: 0, decoder: 4 },
      }),
    }),
    written: tokens.map((token) => written(token)),
    outcome: 'complete',
  };
}

describe('film', () => {
  it('stands at the newest step until another is chosen, and is live only while output is written', () => {
    const snapshot = translated();
    const live = filmSightOf({ snapshot, navigation: initialNavigation });
    assert.deepEqual([live?.step, live?.steps, live?.query, live?.live], [3, 4, 3, true]);
    const navigation = { ...initialNavigation, ...toStep(snapshot, initialNavigation, 1) };
    const film = filmSightOf({ snapshot, navigation });
    assert.deepEqual([film?.step, film?.query, film?.live], [1, 1, false]);
    assert.equal(film?.written.token.label, 'chat');
    const ended = filmSightOf({
      snapshot: { ...snapshot, outcome: 'complete' },
      navigation: initialNavigation,
    });
    assert.equal(ended?.live, false);
    assert.equal(filmSightOf({ snapshot: translated(0), navigation }), null);
    assert.ok(Math.abs(logProbability(snapshot.written, 2) - Math.log(1 / 8)) < 1e-12);
  });

  it('counts the steps of a decoder from the text’s last token on', () => {
    const snapshot = continued();
    assert.equal(queryOfStep(snapshot, 0), 1);
    const navigation = { ...initialNavigation, ...toStep(snapshot, initialNavigation, 0) };
    assert.deepEqual(navigation.token, { side: 'source', index: 1, locked: true });
    const film = filmSightOf({ snapshot, navigation });
    assert.deepEqual([film?.step, film?.side, film?.written.token.id], [0, 'source', 20]);
  });

  it('shows the nearest layer and head of a stack that has fewer, and always tokens', () => {
    const { plan } = continued();
    const navigation = { ...initialNavigation, layer: 5, head: 7, unit: 'word' } as const;
    const address = filmAddress(plan!, navigation, 'decoder');
    assert.deepEqual([address.layer, address.head, address.unit], [1, 3, 'token']);
    const mean = filmAddress(plan!, { ...navigation, layer: 'mean', head: 'max' }, 'decoder');
    assert.deepEqual([mean.layer, mean.head], ['mean', 'max']);
  });

  it('branches with the tokens before the step, and keeps the search', () => {
    const snapshot = translated();
    const search = { kind: 'sample', temperature: 0.7, topK: 5, topP: null, seed: 3 } as const;
    const begin = { ids: [], text: 'Le chat' };
    const writing = { ...plainWriting, search, begin, further: false, maxNewTokens: 9 };
    const plan = { ...snapshot.plan!, writing };
    const at = { ...writing, further: true };
    assert.deepEqual(forkedAtToken({ ...snapshot, plan }, 2, 77), {
      ...at,
      begin: { ids: [10, 11, 77], text: null },
    });
    assert.deepEqual(forkedAtText({ ...snapshot, plan }, 0, 'Un'), {
      ...at,
      begin: { ids: [], text: 'Un' },
    });
  });

  it('divides the output at the token of a step', () => {
    const at = (step: number, snapshot = translated()): string[] =>
      Object.values(outputParts(snapshot, step));
    assert.deepEqual(at(0), ['', 'Le', ' chat dort']);
    assert.deepEqual(at(1), ['Le ', 'chat', ' dort']);
    assert.deepEqual(at(3), ['Le chat dort', '</s>', '']);
    // Two tokens for one character, and a label with its space.
    const spans = [
      tokenOf('猫', { span: [0, 1], id: 1 }),
      tokenOf('猫', { span: [0, 1], id: 2 }),
      tokenOf(' x', { span: [1, 3], id: 3 }),
    ];
    const shared = {
      ...translated(),
      written: spans.map((token) => written(token)),
      output: '猫 x',
    };
    assert.deepEqual(at(1, shared), ['猫', '猫', ' x']);
    assert.deepEqual(at(2, shared), ['猫 ', 'x', '']);
    // A line break alone is seen where it is written, and breaks the line ever after.
    const lines = [
      tokenOf(' a', { span: [0, 2], id: 1 }),
      tokenOf('\n', { span: [2, 3], id: 2 }),
      tokenOf('b', { span: [3, 4], id: 3 }),
    ];
    const broken = { ...shared, written: lines.map((token) => written(token)), output: ' a\nb' };
    assert.deepEqual(at(1, broken), [' a', '↵', '\nb']);
    assert.deepEqual(at(2, broken), [' a\n', 'b', '']);
  });

  it('lists the written token last where it is none of the likeliest', () => {
    const candidate = (id: number) => ({ id, label: 'x', continues: false, probability: 0.1 });
    const given: WrittenToken = written(tokenOf('z', { id: 9 }), {
      candidates: [candidate(1), candidate(2)],
      probability: 0.01,
      searched: { probability: 0, candidates: [1, 0] },
    });
    const entries = candidateEntries(given);
    assert.deepEqual(
      entries.map(({ candidate: { id }, searched, chosen, beyond }) => [
        id,
        searched,
        chosen,
        beyond,
      ]),
      [
        [1, 1, false, false],
        [2, 0, false, false],
        [9, 0, true, true],
      ],
    );
    assert.equal(candidateEntries({ ...given, token: tokenOf('x', { id: 2 }) }).length, 2);
  });

  it('lays what a decoder wrote behind its text, under a heading', () => {
    const { plan, written: tokens } = continued();
    const all = [...plan!.source, ...tokens.map(({ token }) => token)];
    const kinds = flowOfText(all, plan!.text).map((item) =>
      item.kind === 'token' ? item.index : item.kind === 'part' ? item.part : item.kind,
    );
    assert.deepEqual(kinds, [0, 'gap', 1, 'break', 'output', 2, 3, 'break', 4]);
    // What stands already stays where it is when more is written.
    const before = flowOfText(all.slice(0, 4), plan!.text);
    assert.deepEqual(flowOfText(all, plan!.text).slice(0, before.length), before);
  });

  it('finds the step at every place of the bar, and writes what there is room for', () => {
    const layout = scrubLayout(200, 450, 40);
    assert.equal(layout.labels, 'numbers');
    assert.deepEqual(
      [-5, 0, 449, 900].map((x) => stepAt(x, layout)),
      [0, 0, 199, 199],
    );
    assert.equal(stepAt(2.3, layout), 1);
    assert.deepEqual(numberedSteps(layout).slice(0, 3), [0, 19, 39]);
    assert.equal(scrubLayout(20, 450, 40).labels, 'upright');
    assert.equal(scrubLayout(5, 450, 40).labels, 'flat');
  });

  it('never moves beyond the ends', () => {
    const by = (steps: number) => ({ kind: 'by', steps }) as const;
    assert.deepEqual([stepAfter(by(-10), 3, 20), stepAfter(by(10), 15, 20)], [0, 19]);
    assert.deepEqual(
      [stepAfter({ kind: 'last' }, 3, 20), stepAfter({ kind: 'first' }, 3, 20)],
      [19, 0],
    );
  });

  it('plays a step each so often, faster on demand, and stops where there is none left', () => {
    let due: { milliseconds: number; act: () => void } | null = null;
    let left = 2;
    let changes = 0;
    const player = new Player(
      (milliseconds, act) => {
        due = { milliseconds, act };
        return () => (due = null);
      },
      { advance: () => --left > 0, changed: () => changes++ },
    );
    const wait = (): number | null => due?.milliseconds ?? null;
    player.play();
    const usual = wait()!;
    player.speed = 4;
    assert.equal(wait(), usual / 4);
    due!.act();
    assert.deepEqual([left, player.playing], [1, true]);
    due!.act();
    assert.deepEqual([left, player.playing, changes], [0, false, 2]);
    player.play();
    player.pause();
    assert.deepEqual([wait(), player.playing, changes], [null, false, 4]);
  });
});
