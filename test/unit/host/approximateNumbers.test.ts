// Numbers of a preview: marked wherever the host shows them, given away nowhere, and gone in time.
import assert from 'node:assert/strict';
import { copyOut, type CopyTargets } from '../../../src/host/copies/copyOut';
import { Rows } from '../../../src/host/inspection/rows';
import { statusLine } from '../../../src/host/views/statusLine';
import { translator } from '../../../src/language/translate';
import type { RowAddress } from '../../../src/protocol/address';
import { initialNavigation } from '../../../src/protocol/navigation';
import type { Answer, Query } from '../../../src/protocol/queries';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import { Signal } from '../../../src/host/signal';
import type { Inspection } from '../../../src/host/inspection/inspection';
import { ColourWorld, FILE, inspectionOf } from './colourWorld';
import { plan } from './fakeEngine';
import { chinese, facts, linesOf } from './hoverReading';
import { subject } from './inspecting';

const t = translator({});
const ENCODER_1 = { stack: 'encoder', layer: 1 } as const;
const previewed = { approximate: [ENCODER_1], errors: [] };
const running = { ...emptySnapshot('t1', 'a.txt:1'), plan, previewed };
const inspection = (snapshot: Inspection['snapshot']): Inspection => ({
  ...{ key: 1, subject, following: false, link: 'linked', snapshot },
  navigation: { ...initialNavigation, layer: 1, head: 1 },
});
const address: RowAddress = {
  ...ENCODER_1,
  ...{ head: 0, hideSpecials: false, unit: 'token', direction: 'looksAt', token: 0 },
};
const row = (approximate: boolean): Answer<'row'> => {
  const tensor = { shape: [1], data: Float32Array.of(1).buffer };
  return { weights: tensor, norms: tensor, hidden: 0, approximate };
};

describe('approximate numbers', () => {
  it('are marked in hovers', () => {
    assert.ok(facts.row !== null);
    const approximate = { ...facts, row: { ...facts.row, approximate: true } };
    const lines = linesOf(approximate);
    assert.equal(lines[1], '**E2·H5** looks at *≈ approximate (8-bit preview)*');
    assert.equal(lines[4], '| 1 | animal | ≈ 0.7500 of 0.7500 | ≈ 0.7500 | ≈ 1.5000 |');
    assert.match(linesOf(approximate, chinese)[1] ?? '', /≈ 近似（8 位预览）/);
    assert.ok(!linesOf(facts).join().includes('≈'));
  });

  it('are marked in the status bar, while the run goes on and when it was cancelled', () => {
    const line = statusLine(inspection(running), 'folder', t);
    assert.equal(
      line.text,
      '$(loading~spin) Headlight: layer 0 of 2 · ≈ approximate (8-bit preview)',
    );
    assert.match(line.label, /≈ approximate/);
    const cancelled = statusLine(inspection({ ...running, outcome: 'cancelled' }), 'folder', t);
    assert.equal(cancelled.text, '$(lightbulb) ≈ fake · E1·H1');
    assert.match(cancelled.tooltip, /^≈ approximate \(8-bit preview\)$/m);
    const exact = { ...running, layers: [ENCODER_1], previewed: { approximate: [], errors: [] } };
    const complete = statusLine(inspection({ ...exact, outcome: 'complete' }), 'folder', t);
    assert.ok(!`${complete.text} ${complete.tooltip}`.includes('≈'));
  });

  it('are framed with dots in the editor', async () => {
    const world = new ColourWorld(FILE);
    world.approximate = true;
    await world.hold(inspectionOf(1));
    assert.ok(world.editor.names.includes('query looksAt 8 approximate'));
  });

  it('are not copied', async () => {
    const targets: CopyTargets = {
      clipboard: () => assert.fail('nothing may be copied'),
      save: () => assert.fail('nothing may be saved'),
    };
    const engine = {
      ask: <Q extends Query>(): Promise<Answer<Q['name']>> =>
        Promise.resolve(row(true) as Answer<Q['name']>),
    };
    await assert.rejects(copyOut(engine, targets, running, { what: 'rowCsv', address }), {
      code: 'trace.approximate',
    });
  });

  it('are asked for anew when the exact ones are there', async () => {
    const answers = [row(true), row(false)];
    const rows = new Rows(
      {
        ask: <Q extends Query>(): Promise<Answer<Q['name']>> =>
          Promise.resolve(answers.shift() as Answer<Q['name']>),
      },
      { dropped: new Signal<Inspection>() },
    );
    assert.equal((await rows.ask(running, address)).approximate, true);
    assert.equal((await rows.ask(running, address)).approximate, true, 'asked once');
    const exact = { ...running, layers: [ENCODER_1], previewed: { approximate: [], errors: [] } };
    assert.equal((await rows.ask(exact, address)).approximate, false);
  });
});
