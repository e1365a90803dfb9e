import assert from 'node:assert/strict';
import { mayOpen } from '../../../src/host/links/mayOpen';

describe('a document that a link names', () => {
  const file = { scheme: 'file', authority: '', fsPath: '/somewhere/text.md' };

  it('may be opened where it lies on this machine or in an opened folder', () => {
    assert.equal(mayOpen(file, false), true);
    assert.equal(mayOpen({ ...file, fsPath: 'c:\\texts\\text.md' }, false), true);
    const shared = { scheme: 'file', authority: 'host', fsPath: '\\\\host\\share\\text.md' };
    assert.equal(mayOpen(shared, true), true);
    assert.equal(mayOpen({ ...file, scheme: 'vscode-vfs', authority: 'github' }, true), true);
  });

  it('is not reached for on another machine, nor through whatever else has a scheme', () => {
    const others = [
      { ...file, authority: 'host' },
      { ...file, fsPath: '\\\\host\\share\\text.md' },
      { ...file, fsPath: '/\\host\\share' },
      { ...file, fsPath: '//host/share' },
      ...['http', 'command', 'untitled', 'vscode-remote', 'vscode-vfs', 'git'].map((scheme) => ({
        ...file,
        scheme,
      })),
    ];
    for (const one of others) assert.equal(mayOpen(one, false), false, JSON.stringify(one));
  });
});
