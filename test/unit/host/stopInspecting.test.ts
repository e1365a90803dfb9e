import assert from 'node:assert/strict';
import { copyRow } from '../../../src/host/commands/copyRow';
import { stopInspecting } from '../../../src/host/commands/stopInspecting';
import { Failure } from '../../../src/failure/failure';
import type { Copy } from '../../../src/protocol/panelMessages';
import { finished, plan } from './fakeEngine';
import { empty, inDocument, inspecting, subject } from './inspecting';

describe('Stop Inspecting', () => {
  it('drops all that is inspected in the file, and nothing else', () => {
    const { world, inspections } = empty();
    const keys = ['One', 'Two', 'Three'].map((text) => {
      const { key, snapshot } = inspections.inspect({ ...inDocument, text });
      world.port.says(finished(snapshot.trace));
      return key;
    });
    const [first = 0, second = 0, third = 0] = keys;
    const links = { inFile: () => [{ key: first }, { key: third }] };
    stopInspecting(inspections, links, 'file:///a.txt');
    assert.deepEqual(
      inspections.all().map(({ key }) => key),
      [second],
    );
    // What another file still shows in colour is what every view shows then.
    assert.equal(inspections.current?.key, second);
  });

  it('drops the current one where the file has none', () => {
    const { inspections } = inspecting();
    const links = { inFile: () => [] };
    stopInspecting(inspections, links, null);
    assert.equal(inspections.current, null);
    stopInspecting(inspections, links, null);
  });
});

describe('Copy Row', () => {
  const copied: Copy[] = [];
  const copy = (_: unknown, what: Copy): Promise<void> => {
    copied.push(what);
    return Promise.resolve();
  };
  const fails =
    (code: string) =>
    (thrown: unknown): boolean =>
      thrown instanceof Failure && thrown.code === code;

  it('takes the row that the reader stands on, or says why there is none', async () => {
    const { world, inspections } = empty();
    await assert.rejects(copyRow(inspections, copy), fails('trace.gone'));
    const { trace } = inspections.inspect(subject).snapshot;
    await assert.rejects(copyRow(inspections, copy), fails('trace.starting'));
    world.port.says({ type: 'planned', trace, plan });
    await assert.rejects(copyRow(inspections, copy), fails('trace.awaited'));
    assert.deepEqual(copied, []);
    const layer = { stack: 'encoder', layer: 0 } as const;
    world.port.says({ type: 'layer', trace, layer, milliseconds: 1 });
    await copyRow(inspections, copy);
    const head = { stack: 'encoder', layer: 0, head: 'mean' } as const;
    const address = { ...head, hideSpecials: false, unit: 'token' } as const;
    const row = { ...address, direction: 'looksAt', token: 2 } as const;
    assert.deepEqual(copied, [{ what: 'rowCsv', address: row }]);
  });
});
