import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import { AutomaticRerun, REST_MS } from '../../../src/host/inspection/automaticRerun';
import { Signal } from '../../../src/host/signal';
import { currentKey, empty, inDocument } from './inspecting';

/** An inspected text, edited already if so wanted. */
function typing(rerun: (...given: readonly unknown[]) => void, wanted = true) {
  const { world, inspections } = empty();
  inspections.inspect(inDocument);
  const edits = new Signal<string>();
  const automatic = new AutomaticRerun(inspections, edits, world.clock, () => wanted, rerun);
  const edit = (link: 'stale' | 'linked' = 'stale'): void => {
    inspections.update(currentKey(inspections), { link });
    edits.emit('file:///a.txt');
  };
  return { clock: world.clock, edits, automatic, edit };
}

describe('AutomaticRerun', () => {
  it('asks once, when typing has paused, and gives nothing that could be taken for a language', () => {
    const asked: (readonly unknown[])[] = [];
    const { clock, edit } = typing((...given) => asked.push(given));
    for (let key = 0; key < 50; key++) {
      edit();
      clock.pass(REST_MS - 1);
    }
    assert.deepEqual(asked, []);
    clock.pass(1);
    assert.deepEqual(asked, [[]]);
  });

  it('does not ask for what undo has brought back, nor unasked', () => {
    let asked = 0;
    const { clock, edit } = typing(() => asked++);
    edit();
    edit('linked');
    clock.pass(REST_MS);
    const unwanted = typing(() => asked++, false);
    unwanted.edit();
    unwanted.clock.pass(REST_MS);
    assert.equal(asked, 0);
  });

  it('bears that nothing is left to run, and asks again after the next edit', () => {
    let asked = 0;
    const { clock, edit } = typing(() => {
      asked++;
      throw new Failure('text.empty');
    });
    edit();
    clock.pass(REST_MS);
    edit();
    clock.pass(REST_MS);
    assert.equal(asked, 2);
  });

  it('lets go of edits and of what waits', () => {
    let asked = 0;
    const { clock, edits, automatic, edit } = typing(() => asked++);
    const before = clock.pending;
    edit();
    automatic.dispose();
    assert.deepEqual([edits.size, clock.pending], [0, before]);
    clock.pass(REST_MS);
    assert.equal(asked, 0);
  });
});
