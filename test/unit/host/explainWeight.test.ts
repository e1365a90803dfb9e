// From a weight in a hover to the view that takes it apart.
import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import { hoverActions } from '../../../src/host/commands/hoverActions';
import { showView } from '../../../src/host/commands/showView';
import { readingTexts, type ReadingTexts } from './readingTexts';

describe('“Why this weight?”', () => {
  const actionsOf = ({ inspections, reader }: ReadingTexts) => {
    const shown: boolean[] = [];
    const showPanel = (preserveFocus: boolean): void => void shown.push(preserveFocus);
    const actions = hoverActions(inspections, reader, showPanel, (view) =>
      showView(view, inspections, reader, showPanel),
    );
    return { shown, explain: actions['headlight.explainWeight']! };
  };

  it('goes to the query and the key of the link, token by token', async () => {
    const world = readingTexts();
    const trace = world.inspect('First');
    world.reader.navigate({ direction: 'lookedAt', unit: 'word' });
    const { shown, explain } = actionsOf(world);
    await explain(trace, 4, 2);
    const { view, unit, direction, token, key } = world.reader.state.navigation;
    assert.deepEqual([view, unit, direction, key], ['steps', 'token', 'looksAt', 2]);
    assert.deepEqual(token, { side: 'source', index: 4, locked: true });
    assert.deepEqual(shown, [true]);
  });

  it('without arguments shows the steps of the token on view', async () => {
    const world = readingTexts();
    world.inspect('First');
    const { explain } = actionsOf(world);
    await explain();
    assert.equal(world.reader.state.navigation.view, 'steps');
  });

  it('says so when nothing is inspected, and believes no arguments', async () => {
    const world = readingTexts();
    const { explain } = actionsOf(world);
    const failsWith = (code: string, ...args: readonly unknown[]): void => {
      assert.throws(
        () => explain(...args),
        (thrown) => thrown instanceof Failure && thrown.code === code,
      );
    };
    failsWith('trace.none');
    failsWith('trace.gone', 'nobody', 1, 2);
    failsWith('internal.unexpected', 'nobody', 'one', 2);
  });
});
