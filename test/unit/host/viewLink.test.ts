import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../../src/failure/failure';
import {
  decodeView,
  encodeView,
  fitsInLink,
  sha256,
  viewOf,
} from '../../../src/host/links/viewLink';
import { plainWriting } from '../../../src/protocol/writing';
import type { Inspection } from '../../../src/host/inspection/inspection';
import { initialNavigation } from '../../../src/protocol/navigation';
import { emptySnapshot } from '../../../src/protocol/traceMirror';

const inspection = (text: string): Inspection => ({
  key: 1,
  subject: {
    text,
    place: null,
    pair: null,
    origin: '',
    model: { folder: '/secret/models/m', trainedTokens: null, language: null },
    language: 'fra',
    writing: null,
  },
  snapshot: emptySnapshot('t', ''),
  navigation: { ...initialNavigation, token: { side: 'source', index: 3, locked: true } },
  following: false,
  link: 'none',
});
const place = { uri: 'file:///a%20b.txt', line: 3, character: 7 };
const there = { place, pairPlace: null };

const unreadable = (path: string, query: string): void =>
  assert.throws(
    () => decodeView(path, query),
    (thrown) => thrown instanceof Failure && thrown.code === 'link.unreadable',
  );

describe('links to a view', () => {
  it('come back as they went, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 250 }), (text) => {
        const view = viewOf(inspection(text), there, 'm');
        assert.deepEqual(decodeView('/view', encodeView(view)), view);
        assert.match(encodeView(view), /^v=[\w-]+$/);
      }),
    );
  });

  it('carry the hash of a long text instead of the text, and stay short', () => {
    const text = '注意力'.repeat(5000);
    const view = viewOf(inspection(text), there, 'm');
    assert.deepEqual(view.text, { sha256: sha256(text), length: text.length });
    assert.ok(encodeView(viewOf(inspection('注'.repeat(1000)), there, 'm')).length < 8000);
  });

  it('name no folder of this machine', () => {
    const view = viewOf(inspection('x'), there, 'm');
    assert.doesNotMatch(JSON.stringify(view), /secret/);
  });

  it('that are damaged or made up are refused', () => {
    const good = encodeView(viewOf(inspection('x'), there, 'm'));
    unreadable('/other', good);
    unreadable('/view', '');
    unreadable('/view', good.slice(0, -20));
    unreadable('/view', `${good}&x=1`);
    unreadable('/view', `v=${'A'.repeat(40_000)}`);
    const made = (change: object): string => {
      const view = { ...viewOf(inspection('x'), there, 'm'), ...change };
      return `v=${Buffer.from(JSON.stringify(view)).toString('base64url')}`;
    };
    unreadable('/view', made({ text: 'x'.repeat(1001) }));
    unreadable('/view', made({ text: { sha256: 'zz', length: 3 } }));
    const hash = { sha256: sha256('x'), length: 20_001 };
    unreadable('/view', made({ text: hash }));
    unreadable('/view', made({ command: 'workbench.action.quit' }));
    unreadable('/view', made({ navigation: { ...initialNavigation, layer: -1 } }));
    unreadable('/view', made({ place: { uri: 'file:///a', line: -1, character: 0 } }));
  });

  it('carry both texts of a pair, in the room of one', () => {
    const paired = (text: string, pair: string): Inspection => {
      const one = inspection(text);
      return { ...one, subject: { ...one.subject, pair: { text: pair, place: null } } };
    };
    const pairPlace = { ...place, line: 9 };
    const view = viewOf(paired('Who?', 'Nobody.'), { place, pairPlace }, 'm');
    assert.deepEqual(decodeView('/view', encodeView(view)), view);
    assert.deepEqual(view.pair, { text: 'Nobody.', place: pairPlace });
    const long = viewOf(paired('注'.repeat(500), '意'.repeat(501)), { place, pairPlace }, 'm');
    assert.equal(typeof long.text, 'string');
    assert.deepEqual(long.pair?.text, { sha256: sha256('意'.repeat(501)), length: 501 });
    const longest = viewOf(paired('注'.repeat(500), '意'.repeat(500)), { place, pairPlace }, 'm');
    assert.ok(encodeView(longest).length < 8000);
  });

  it('say how the text is written on, unless much is given for it', () => {
    const written = (text: string): Inspection => {
      const one = inspection('x');
      const writing = { ...plainWriting, begin: { ids: [5], text }, further: false };
      return { ...one, subject: { ...one.subject, writing } };
    };
    const view = viewOf(written('Un chat'), there, 'm');
    assert.equal(view.writing?.begin.text, 'Un chat');
    assert.deepEqual(decodeView('/view', encodeView(view)), view);
    const long = written('注'.repeat(1000));
    assert.equal(fitsInLink(long.subject), false);
    assert.equal(viewOf(long, there, 'm').writing, null);
  });

  it('from before words and pairs still open', () => {
    const { pair: _, writing: ___, ...view } = viewOf(inspection('x'), there, 'm');
    const { unit: __, ...navigation } = view.navigation;
    const query = Buffer.from(JSON.stringify({ ...view, navigation })).toString('base64url');
    const decoded = decodeView('/view', `v=${query}`);
    const { pair, writing } = decoded;
    assert.deepEqual([pair, writing, decoded.navigation.unit], [null, null, 'token']);
  });
});
