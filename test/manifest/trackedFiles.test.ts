// What may not stand in a repository that others clone: addresses of package registries, paths of one machine.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';

/** Longer files are weights. */
const MAX_TEXT_BYTES = 4 << 20;

// Written in pieces so that this file does not find itself.
const REGISTRY = new RegExp(['registry', 'npm(js|mirror)?', '(org|com)'].join(String.raw`\.`), 'i');
const MACHINE_PATH = new RegExp(
  ['(^|[^\\w.])', '(work|farm|home/\\w+|Users/\\w+)/'].join('/'),
  'm',
);

const listed = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  {
    encoding: 'utf8',
  },
);
const texts = listed
  .split('\0')
  .filter((file) => existsSync(file) && lstatSync(file).isFile())
  .map((file) => ({ file, bytes: readFileSync(file) }))
  .filter(({ bytes }) => bytes.length < MAX_TEXT_BYTES && !bytes.includes(0))
  .map(({ file, bytes }) => ({ file, text: bytes.toString('utf8') }));

describe('tracked files', () => {
  it('are found', () => {
    assert.ok(texts.some(({ file }) => file === 'package.json'));
  });

  it('name no package registry', () => {
    assert.deepEqual(
      texts.filter(({ text }) => REGISTRY.test(text)).map(({ file }) => file),
      [],
    );
  });

  it('name no path of one machine', () => {
    assert.deepEqual(
      texts.flatMap(
        ({ file, text }) =>
          MACHINE_PATH.exec(text)
            ?.slice(0, 1)
            .map((found) => `${file}: ${found}`) ?? [],
      ),
      [],
    );
  });
});
