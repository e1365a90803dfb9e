import assert from 'node:assert/strict';
import { initialNavigation } from '../../../src/protocol/navigation';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { outputFacts } from '../../../src/host/output/outputFacts';
import { writeOutputHover } from '../../../src/host/output/outputHoverText';
import { Asked, float32 } from './hoverAsking';
import { chinese, colours, english, linksIn, seen } from './hoverReading';
import { MarkdownFake } from './markdownFake';
import { continued, french } from './outputFixture';

const answers = {
  row: {
    weights: float32(0.125, 0.75, 0.125, 0),
    norms: float32(1, 2, 3, 4),
    hidden: 0,
    approximate: false,
  },
};

async function hover(
  snapshot: TraceSnapshot,
  token: number,
  { t = english, hideSpecials = false } = {},
): Promise<{ lines: string[]; links: string[]; questions: Asked['questions'] }> {
  const asked = new Asked(answers);
  const navigation = { ...initialNavigation, hideSpecials };
  const inspection = { snapshot, navigation, link: 'linked' } as const;
  const facts = await outputFacts(asked.sources, inspection, token, 'relative');
  assert.ok(facts !== null);
  const markdown = new MarkdownFake();
  writeOutputHover(markdown, facts, colours, t);
  const lines = seen(markdown.value)
    .split('\n')
    .map((line) => line.trim());
  return {
    lines: lines.filter((line) => line !== ''),
    links: linksIn(markdown.value),
    questions: asked.questions,
  };
}

/** A likely token and one that was given, both with what else there might have been. */
const [first, ...others] = french.written;
const candidates = [
  { id: 1, label: 'Un', continues: false, probability: 0.75 },
  { id: 2, label: 'Le', continues: false, probability: 0.125 },
];
const chosen: TraceSnapshot = {
  ...french,
  written: [{ ...first!, probability: 0.75, candidates }, ...others],
};

describe('the hover of an output token', () => {
  it('tells what the model looked at when it wrote the token: the row of the token read before', async () => {
    const { lines, questions } = await hover(chosen, 1);
    assert.deepEqual(
      questions.map(({ question }) => question),
      [
        {
          ...{ stack: 'cross', layer: 0, head: 'mean', hideSpecials: false, unit: 'token' },
          ...{ direction: 'looksAt', token: 0 },
        },
      ],
    );
    assert.match(lines[0] ?? '', /^\*\*Un\*\* .*id 1 .*Show in panel$/);
    assert.equal(lines[1], 'Written in step 1 of 3, when the model had read up to “<pad>”:');
    assert.match(lines[2] ?? '', /^\*\*C0·mean\*\* looks at/);
    assert.ok(
      lines.some((line) => /One .*0\.7500.*2\.0000/.test(line)),
      lines.join('\n'),
    );
    assert.ok(lines.includes('Probability 0.7500, rank 1'));
    assert.ok(lines.some((line) => /\*\*Un\*\*.*\*\*0\.7500\*\*/.test(line)));
    assert.ok(lines.some((line) => /Le .*0\.1250/.test(line)));
  });

  it('leads to the step in the panel, and takes its weights apart there', async () => {
    const { links } = await hover(chosen, 2);
    const told = links.map((link) => decodeURIComponent(link));
    assert.ok(told.includes('command:headlight.revealToken?["t1","target",1]'), told.join('\n'));
    assert.ok(told.includes('command:headlight.explainWeight?["t1",1,1]'));
  });

  it('says what was given, what rules made of it, and why there is no row', async () => {
    const searched = { probability: 0.25, candidates: [] };
    const given = { ...first!, given: true, rank: 41, probability: 0.0625, searched };
    const { lines } = await hover({ ...french, written: [given, ...others] }, 1, {
      hideSpecials: true,
    });
    assert.match(lines[1] ?? '', /^Given in step 1 of 3/);
    assert.ok(lines.includes('Probability 0.0625, rank 42; after rules and cuts 0.2500'));
    assert.ok(
      lines.some((line) => line.includes('special')),
      lines.join('\n'),
    );
  });

  it('of a decoder tells of its own stack, in Chinese as well', async () => {
    const { lines, questions } = await hover(continued, 6, { t: chinese });
    assert.deepEqual(
      questions.map(({ question }) => 'token' in question && question.token),
      [5],
    );
    assert.match(lines[1] ?? '', /^第 2 步生成（共 2 步），此时模型已读到“sat”：$/);
    assert.match(lines[2] ?? '', /回看$/);
  });

  it('is none where nothing is written', async () => {
    const { sources } = new Asked(answers);
    const inspection = { snapshot: french, navigation: initialNavigation, link: 'linked' } as const;
    assert.equal(await outputFacts(sources, inspection, 0, 'relative'), null);
    assert.equal(await outputFacts(sources, inspection, 4, 'relative'), null);
  });
});
