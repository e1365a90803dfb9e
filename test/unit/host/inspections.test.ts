import assert from 'node:assert/strict';
import { initialNavigation, type Navigation } from '../../../src/protocol/navigation';
import { plainWriting } from '../../../src/protocol/writing';
import { MAX_INSPECTIONS } from '../../../src/host/inspection/holding';
import type { Subject } from '../../../src/host/inspection/subject';
import { finished, plan } from './fakeEngine';
import { currentKey, empty, inDocument, inspecting, subject } from './inspecting';

describe('Inspections, one text', () => {
  it('sends the run and mirrors what comes', () => {
    const { world, inspections } = inspecting();
    assert.deepEqual(world.port.last('run'), {
      type: 'run',
      trace: 't1',
      model: '/model',
      text: 'One two',
      pair: null,
      language: 'fra',
      writing: null,
      trainedTokens: 64,
      preview: 'off',
    });
    assert.equal(inspections.running, true);
    world.port.says({ type: 'planned', trace: 't1', plan });
    assert.deepEqual(inspections.current?.snapshot.plan, plan);
    world.port.says(finished('t1'));
    assert.equal(inspections.running, false);
  });

  it('sends both texts of a pair, and keeps the chosen token only for the very same pair', () => {
    const { world, inspections } = empty();
    const paired = (text: string): Subject => ({ ...subject, pair: { text, place: null } });
    const { key, snapshot } = inspections.inspect(paired('Three'));
    assert.deepEqual(
      [world.port.last('run').text, world.port.last('run').pair],
      ['One two', 'Three'],
    );
    world.port.says({ type: 'planned', trace: snapshot.trace, plan });
    const token = { side: 'source', index: 1, locked: true } as const;
    const stand = (): void => {
      const { navigation } = inspections.get(key) ?? assert.fail();
      inspections.update(key, { navigation: { ...navigation, token } });
    };
    stand();
    inspections.rerun(key);
    assert.deepEqual(inspections.current?.navigation.token, token);
    inspections.rerun(key, { pair: { text: 'Four', place: null } });
    assert.equal(world.port.last('run').pair, 'Four');
    assert.equal(inspections.current?.navigation.token, null);
  });

  it('runs a text of an edited document again as it was, and knows that it is not there', () => {
    const { world, inspections } = empty();
    const { key } = inspections.inspect(inDocument);
    inspections.update(key, { link: 'stale' });
    inspections.rerun(key, { writing: plainWriting });
    assert.deepEqual(world.port.last('run').writing, plainWriting);
    assert.equal(inspections.current?.link, 'stale');
    inspections.rerun(key, { text: 'One three' });
    assert.equal(inspections.current?.link, 'linked');
  });

  it('releases the old run before the new one and ignores its stragglers', () => {
    const { world, inspections } = inspecting();
    inspections.inspect({ ...subject, text: 'Three' });
    assert.deepEqual(world.port.types(), ['run', 'release', 'run']);
    assert.equal(world.port.last('release').trace, 't1');
    world.port.says(finished('t1', 'cancelled'));
    assert.equal(inspections.current?.snapshot.trace, 't2');
    assert.equal(inspections.running, true);
  });

  it('keeps view, layer and head from text to text, a source token only within one text', () => {
    const { inspections } = inspecting();
    const token = { side: 'source', index: 2, locked: true } as const;
    const chosen = { ...initialNavigation, layer: 1, head: 1, view: 'row', token } as const;
    const stand = (navigation: Partial<Navigation>): void =>
      inspections.update(currentKey(inspections), {
        navigation: { ...chosen, ...navigation },
        following: false,
      });
    stand({});
    inspections.rerun(currentKey(inspections), { language: 'cmn' });
    assert.deepEqual(inspections.current?.navigation, chosen);
    assert.equal(inspections.current?.subject.language, 'cmn');
    stand({ token: { ...token, side: 'target' } });
    inspections.rerun(currentKey(inspections), { language: 'fra' });
    assert.deepEqual(inspections.current?.navigation, { ...chosen, token: null });
    stand({});
    inspections.inspect({ ...subject, text: 'Other' });
    assert.deepEqual(inspections.current?.navigation, { ...chosen, token: null });
  });

  it('follows the newest layer until the reader leaves it, and finds a token to stand on', () => {
    const { world, inspections } = inspecting();
    world.port.says({ type: 'planned', trace: 't1', plan });
    assert.deepEqual(inspections.current?.navigation.token, {
      side: 'source',
      index: 2,
      locked: false,
    });
    const layer = (index: number): void =>
      world.port.says({
        type: 'layer',
        trace: 't1',
        layer: { stack: 'encoder', layer: index },
        milliseconds: 1,
      });
    layer(0);
    layer(1);
    assert.equal(inspections.current?.navigation.layer, 1);
    const key = currentKey(inspections);
    inspections.rerun(key);
    assert.equal(inspections.current.following, true);
    world.port.says({ type: 'planned', trace: 't2', plan });
    inspections.update(key, { following: false });
    assert.equal(inspections.current.navigation.layer, 0);
    world.port.says({
      type: 'layer',
      trace: 't2',
      layer: { stack: 'encoder', layer: 1 },
      milliseconds: 1,
    });
    assert.equal(inspections.current.navigation.layer, 0);
  });
});

describe('Inspections, what holds them', () => {
  it('without a document the open panel does; closed, the trace is freed', () => {
    const { world, inspections } = inspecting();
    const dropped: number[] = [];
    inspections.dropped.on(({ key }) => dropped.push(key));
    inspections.setPanelOpen(false);
    assert.equal(inspections.current, null);
    assert.equal(dropped.length, 1);
    assert.equal(world.port.last('release').trace, 't1');
    world.port.dies('boom');
    assert.equal(world.ports.length, 1);
    assert.equal(inspections.last?.text, 'One two');
  });

  it('an open document does, without a panel; once closed, nothing does', () => {
    const { world, inspections } = empty();
    const { key } = inspections.inspect(inDocument);
    inspections.setPanelOpen(false);
    assert.equal(currentKey(inspections), key);
    inspections.update(key, { link: 'stale' });
    assert.equal(currentKey(inspections), key);
    inspections.update(key, { link: 'lost' });
    assert.equal(inspections.current, null);
    assert.equal(world.port.last('release').trace, 't1');
  });

  it('a text that its document lost stays on screen as long as the panel shows it', () => {
    const { world, inspections } = empty();
    const { key } = inspections.inspect(inDocument);
    world.port.says(finished('t1'));
    inspections.update(key, { link: 'lost' });
    assert.equal(currentKey(inspections), key);
    inspections.inspect({ ...inDocument, text: 'Next' });
    assert.equal(inspections.get(key), null);
  });

  it('keeps finished texts of documents while others are read, but no unfinished ones', () => {
    const { world, inspections } = empty();
    const first = inspections.inspect({ ...inDocument, text: 'a' });
    world.port.says(finished(first.snapshot.trace));
    const second = inspections.inspect({ ...inDocument, text: 'b' });
    const third = inspections.inspect({ ...inDocument, text: 'c' });
    assert.deepEqual(
      inspections.all().map(({ key }) => key),
      [first.key, third.key],
    );
    assert.equal(world.port.last('release').trace, second.snapshot.trace);
    world.port.says(finished(third.snapshot.trace));
    const shown: string[] = [];
    inspections.shown.on(({ subject: { text } }) => shown.push(text));
    inspections.show(first.key);
    inspections.show(first.key);
    assert.deepEqual(shown, ['a']);
  });

  it(`lets the one used longest ago go beyond ${MAX_INSPECTIONS}, never the pinned one`, () => {
    const { world, inspections } = empty();
    const inspect = (index: number): number => {
      const { key, snapshot } = inspections.inspect({ ...inDocument, text: `text ${index}` });
      world.port.says(finished(snapshot.trace));
      return key;
    };
    const [pinned = 0, oldest = 0, ...rest] = Array.from({ length: MAX_INSPECTIONS }, (_, i) =>
      inspect(i),
    );
    inspections.pin(pinned);
    inspect(MAX_INSPECTIONS);
    assert.equal(inspections.all().length, MAX_INSPECTIONS);
    assert.equal(inspections.get(oldest), null);
    assert.ok([pinned, ...rest].every((key) => inspections.get(key) !== null));
  });

  it('a pinned text that is run anew stays as it was, beside the new run', () => {
    const { world, inspections } = empty();
    const pinned = inspections.inspect(inDocument);
    world.port.says(finished('t1'));
    inspections.pin(pinned.key);
    inspections.rerun(pinned.key, { text: 'One three' });
    assert.equal(inspections.get(pinned.key)?.snapshot.trace, 't1');
    assert.equal(inspections.get(pinned.key)?.link, 'lost');
    assert.notEqual(currentKey(inspections), pinned.key);
    assert.equal(inspections.current?.subject.text, 'One three');
  });
});
