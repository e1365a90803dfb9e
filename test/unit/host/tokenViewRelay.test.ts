import assert from 'node:assert/strict';
import { numbersOf } from '../../../src/protocol/wireTensor';
import { finished, plan, token } from './fakeEngine';
import { subject } from './inspecting';
import { turn, View } from './tokenViewing';
import { wordPlan } from './wordFixture';
import { written as wrote } from '../../support/writings';

describe('TokenRelay', () => {
  it('greets with words, and says that nothing is inspected', async () => {
    const view = new View();
    await view.relay.receive({ type: 'ready' });
    assert.deepEqual(view.got, [
      { type: 'welcome', bundle: { Weight: '权重' }, locale: 'zh-cn' },
      { type: 'table', table: null, failure: null },
    ]);
  });

  it('sends the row of the chosen token with all that the table shows', async () => {
    const view = new View();
    const trace = view.inspect();
    view.ready();
    await view.answer();
    const { table, failure } = view.last;
    assert.equal(failure, null);
    assert.ok(table !== null);
    assert.equal(table.trace, trace);
    assert.deepEqual(table.address, view.questions().at(-1)?.row);
    assert.equal(table.chosen.label, plan.source[table.address.token]?.label);
    assert.deepEqual(table.others, plan.source);
    assert.deepEqual(
      [...numbersOf(table.row.weights)],
      [0.1, 0.2, 0.3, 0.4].map((value) => Math.fround(value)),
    );
    assert.equal(table.candidates, null);
  });

  it('follows the reader', async () => {
    const view = new View();
    view.inspect();
    view.ready();
    await view.answer();
    view.reader.navigate({ head: 1, direction: 'lookedAt' });
    await view.answer([0.4, 0.3, 0.2, 0.1]);
    assert.equal(view.last.table?.address.head, 1);
    assert.equal(view.last.table?.address.direction, 'lookedAt');
    assert.equal(numbersOf(view.last.table.row.weights)[0], Math.fround(0.4));
  });

  it('skips what lies between when the reader is faster than the engine', async () => {
    const view = new View();
    view.inspect();
    view.ready();
    await view.answer();
    const [asked, got] = [view.questions().length, view.got.length];
    for (const head of [0, 1, 'max', 0, 1, 'max'] as const) view.reader.navigate({ head });
    await view.answer();
    assert.equal(view.questions().length - asked, 2, 'the first and the last');
    assert.equal(view.got.length - got, 2);
    assert.equal(view.last.table?.address.head, 'max');
  });

  it('repeats nothing that looks the same', async () => {
    const view = new View();
    view.inspect();
    view.ready();
    await view.answer();
    const before = view.got.length;
    view.reader.refresh();
    view.reader.navigate({ view: 'row' });
    await view.answer();
    assert.equal(view.got.length, before);
  });

  it('gives a hidden view nothing and asks nothing for it; then everything again', async () => {
    const view = new View();
    view.inspect();
    view.ready();
    await view.answer();
    view.relay.away();
    const [asked, got] = [view.questions().length, view.got.length];
    view.reader.navigate({ head: 1 });
    await view.answer();
    assert.deepEqual([view.questions().length, view.got.length], [asked, got]);
    view.ready();
    await view.answer();
    assert.deepEqual(
      view.got.slice(got).map(({ type }) => type),
      ['welcome', 'table'],
    );
    assert.equal(view.last.table?.address.head, 1);
  });

  it('tells a page that lived through being hidden what it missed, and only that', async () => {
    const view = new View();
    view.relay.back();
    view.inspect();
    await view.answer();
    assert.equal(view.got.length, 0, 'no page was ever there');
    view.ready();
    await view.answer();
    const before = view.got.length;
    view.relay.away();
    view.relay.back();
    await view.answer();
    assert.equal(view.got.length, before);
    view.relay.away();
    view.reader.navigate({ head: 1 });
    view.relay.back();
    await view.answer();
    assert.equal(view.got.length, before + 1);
    assert.equal(view.last.table?.address.head, 1);
  });

  it('asks for no row of the text again because output is written', async () => {
    const view = new View();
    const { trace } = view.inspections.inspect(subject).snapshot;
    view.ready();
    view.world.port.says({ type: 'planned', trace, plan });
    const layer = { stack: 'encoder', layer: 0 } as const;
    view.world.port.says({ type: 'layer', trace, layer, milliseconds: 1 });
    await view.answer();
    const before = view.questions().length;
    const written = wrote(token('un'));
    view.world.port.says({ type: 'token', trace, written, output: 'un' });
    await view.answer();
    assert.equal(view.questions().length, before);
  });

  it('drops the row of a run that has been replaced', async () => {
    const view = new View();
    view.inspect();
    view.ready();
    await turn();
    const { current } = view.inspections;
    assert.ok(current !== null);
    view.inspections.rerun(current.key);
    await view.answer();
    assert.ok(view.got.every((message) => message.type !== 'table' || message.table === null));
    assert.equal(view.last.failure?.code, 'trace.starting');
  });

  it('sends nothing that was asked for before the view was hidden', async () => {
    const view = new View();
    view.inspect();
    view.ready();
    await turn();
    view.relay.away();
    await view.answer();
    assert.deepEqual(
      view.got.map(({ type }) => type),
      ['welcome'],
    );
  });

  it('says why there is no row while a run goes on, and shows it as soon as there is one', async () => {
    const view = new View();
    view.ready();
    await turn();
    const { trace } = view.inspections.inspect(subject).snapshot;
    await turn();
    assert.equal(view.last.failure?.code, 'trace.starting');
    view.world.port.says({ type: 'planned', trace, plan });
    await turn();
    assert.equal(view.last.failure?.code, 'trace.awaited');
    const layer = { stack: 'encoder', layer: 0 } as const;
    view.world.port.says({ type: 'layer', trace, layer, milliseconds: 1 });
    await view.answer();
    assert.equal(view.last.table?.address.layer, 0);
  });

  it('shows an output token’s candidates, and says that the last one was never read', async () => {
    const view = new View();
    const { trace } = view.inspections.inspect(subject).snapshot;
    view.world.port.says({ type: 'planned', trace, plan });
    const candidates = [{ id: 7, label: 'un', continues: null, probability: 0.75 }];
    for (const label of ['un', 'deux'])
      view.world.port.says({
        type: 'token',
        trace,
        written: wrote(token(label), { probability: 0.75, candidates }),
        output: label,
      });
    view.world.port.says(finished(trace));
    view.reader.choose({ side: 'target', index: 1 }, true);
    view.ready();
    await view.answer();
    assert.equal(view.last.table?.chosen.label, 'un');
    assert.deepEqual(view.last.table?.candidates, candidates);
    assert.equal(view.last.table?.side, 'source');
    view.reader.choose({ side: 'target', index: 2 }, true);
    await view.answer();
    assert.deepEqual(view.last.failure, { code: 'trace.neverRead', args: { token: 'deux' } });
  });

  it('passes the engine’s refusal on in its own words', async () => {
    const view = new View();
    view.inspect();
    view.ready();
    await turn();
    const [question] = view.questions().slice(-1);
    assert.ok(question !== undefined);
    const failure = { code: 'trace.gone', args: {} } as const;
    view.world.port.says({ type: 'refused', request: question.request, failure });
    await turn();
    assert.deepEqual(view.last, { type: 'table', table: null, failure });
  });

  it('chooses the token for the reader, unless the table is of another text', async () => {
    const view = new View();
    const trace = view.inspect();
    view.ready();
    await view.answer();
    await view.relay.receive({ type: 'choose', trace, side: 'source', index: 2 });
    await view.answer();
    assert.equal(view.last.table?.address.token, 2);
    assert.equal(view.inspections.current?.navigation.token?.index, 2);
    await view.relay.receive({ type: 'choose', trace: 't0', side: 'source', index: 1 });
    assert.equal(view.inspections.current?.navigation.token?.index, 2);
  });

  it('answers nonsense with words, not with silence', async () => {
    const view = new View();
    view.inspect();
    view.ready();
    await view.answer();
    await view.relay.receive({ type: 'executeCommand', command: 'workbench.action.quit' });
    assert.equal(view.last.failure?.code, 'internal.unexpected');
  });

  it('is silent once it is disposed', async () => {
    const view = new View();
    view.inspect();
    view.ready();
    await view.answer();
    view.relay.dispose();
    const before = view.got.length;
    view.reader.navigate({ head: 1 });
    await view.answer();
    assert.equal(view.got.length, before);
  });

  it('lists words, and takes no choice of a token for that of a word', async () => {
    const view = new View();
    const trace = view.inspect(wordPlan);
    view.ready();
    await view.answer(Array(7).fill(1 / 7));
    view.reader.navigate({ unit: 'word' });
    const choice = { type: 'choose', trace, side: 'source', index: 1 } as const;
    // The page still shows tokens: the row of words is on its way.
    const before = view.reader.state.navigation.token;
    await view.relay.receive(choice);
    assert.deepEqual(view.reader.state.navigation.token, before);
    await view.answer(Array(5).fill(0.2));
    assert.equal(view.last.table?.address.unit, 'word');
    const words = ['[CLS]', 'An', 'unbelievable', 'cat', '[SEP]'];
    assert.deepEqual(
      view.last.table?.others.map(({ label }) => label),
      words,
    );
    await view.relay.receive(choice);
    assert.deepEqual(view.reader.state.navigation.token, {
      side: 'source',
      index: 1,
      locked: true,
    });
  });
});
