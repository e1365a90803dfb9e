import assert from 'node:assert/strict';
import { Reader } from '../../../src/host/inspection/reader';
import { ContextKeys } from '../../../src/host/views/contextKeys';
import { finished, plan } from './fakeEngine';
import { currentKey, empty, inDocument } from './inspecting';

describe('context keys', () => {
  it('follow what is inspected, and are told only when they change', () => {
    const { world, inspections } = empty();
    const reader = new Reader(inspections, () => 'relative');
    let told: string[] = [];
    const keys = new ContextKeys(inspections, reader, (key, value) => {
      told.push(`${key.replace('headlight.', '')} ${value}`);
    });
    const news = (): string[] => told.splice(0).toSorted();
    assert.equal(news().length, 7);
    const { trace } = inspections.inspect(inDocument).snapshot;
    assert.deepEqual(news(), ['inspected true', 'running true', 'showing true']);
    world.port.says({ type: 'planned', trace, plan });
    assert.deepEqual(news(), ['hasOutput true']);
    world.port.says(finished(trace));
    assert.deepEqual(news(), ['running false']);
    reader.navigate({ head: 1 });
    reader.pinHere();
    assert.deepEqual(news(), ['canGoBack true', 'pinned true']);
    reader.go('back');
    assert.deepEqual(news(), ['canGoBack false', 'canGoForward true']);
    inspections.drop(currentKey(inspections));
    // The text is known still: it can be inspected again.
    assert.deepEqual(news(), ['hasOutput false', 'pinned false', 'showing false']);
    keys.dispose();
    told = [];
    inspections.inspect(inDocument);
    assert.deepEqual(news(), []);
  });
});
