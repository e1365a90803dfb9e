// The arrows of the design: which room may know which. The compiler refuses most wrong imports; this
// test also sees packages and Node.js modules, and says it in words.
import assert from 'node:assert/strict';
import { builtinModules } from 'node:module';
import { sourcesIn, type Source } from './sources';

/** Rooms, each with the rooms of `src` it may import beside itself. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  failure: [],
  palette: [],
  language: ['failure'],
  protocol: ['failure'],
  navigation: ['failure', 'language', 'protocol'],
  checkpoint: ['failure'],
  tokens: ['failure'],
  transformer: ['failure'],
  analysis: ['failure', 'transformer'],
  scoring: ['failure'],
  kernels: ['failure', 'transformer'],
  engine: [
    ...['failure', 'protocol', 'palette', 'transformer', 'kernels', 'checkpoint', 'tokens'],
    'analysis',
  ],
  host: ['failure', 'language', 'protocol', 'navigation', 'palette', 'scoring'],
  cli: [
    ...['failure', 'language', 'protocol', 'navigation', 'engine', 'transformer', 'checkpoint'],
    ...['tokens', 'analysis', 'scoring'],
  ],
};

/** The same for the page. */
const PAGE_ARROWS: readonly string[] = [
  ...['failure', 'language', 'protocol', 'navigation', 'palette'],
];

/** Packages a room may use. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  transformer: /^(valibot|@tensorflow\/tfjs-core(\/.*)?)$/,
  analysis: /^(valibot|@tensorflow\/tfjs-core(\/.*)?)$/,
  kernels: /^@tensorflow\/tfjs-(core|backend-wasm)(\/.*)?$/,
  checkpoint: /^valibot$/,
  tokens: /^(valibot|@huggingface\/tokenizers)$/,
  protocol: /^valibot$/,
  engine: /^(valibot|@tensorflow\/tfjs-(core|backend-wasm|backend-cpu)(\/.*)?)$/,
  host: /^(vscode|valibot)$/,
  cli: /^(valibot|@tensorflow\/tfjs-core)$/,
  webview: /^(valibot|chart\.js)(\/|$)/,
};

/** Rooms that may use modules of Node.js. */
const NODE_ROOMS = new Set(['kernels', 'engine', 'host', 'cli']);

const roomOf = (place: string): string =>
  place.startsWith('webview/') ? 'webview' : (place.split('/')[1] ?? '');

const isNode = (target: string): boolean =>
  target.startsWith('node:') || builtinModules.includes(target);

function complaints(source: Source): string[] {
  const room = roomOf(source.file);
  const arrows = room === 'webview' ? PAGE_ARROWS : (ARROWS[room] ?? []);
  return source.imports.flatMap(({ target }) => {
    const wrong = `${source.file} imports ${target}`;
    if (/^(src|webview|test|scripts)\//.test(target)) {
      const other = roomOf(target);
      const allowed = other === room || (target.startsWith('src/') && arrows.includes(other));
      return allowed ? [] : [wrong];
    }
    if (isNode(target)) return NODE_ROOMS.has(room) ? [] : [wrong];
    return PACKAGES[room]?.test(target) === true ? [] : [wrong];
  });
}

const sources = [...sourcesIn('src'), ...sourcesIn('webview')];

describe('borders between rooms', () => {
  for (const room of [...Object.keys(ARROWS), 'webview'])
    it(`${room} imports only what the design lets it`, () => {
      const own = sources.filter(({ file }) => roomOf(file) === room);
      assert.notEqual(own.length, 0, `there is no file in ${room}`);
      assert.deepEqual(own.flatMap(complaints), []);
    });

  it('knows every room there is', () => {
    const rooms = new Set(sources.map(({ file }) => roomOf(file)));
    assert.deepEqual([...rooms].sort(), [...Object.keys(ARROWS), 'webview'].sort());
  });

  it('has no cycle of files', () => {
    const edges = new Map(
      sources.map(({ file, imports }) => [
        file.replace(/\.ts$/, ''),
        imports.filter(({ typeOnly }) => !typeOnly).map(({ target }) => target),
      ]),
    );
    const done = new Set<string>();
    const visit = (file: string, trail: readonly string[]): void => {
      assert.ok(!trail.includes(file), `cycle: ${[...trail, file].join(' → ')}`);
      if (done.has(file)) return;
      for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
      done.add(file);
    };
    for (const file of edges.keys()) visit(file, []);
  });
});

describe('what the rooms of the model must not touch', () => {
  const pure = [
    ...['transformer', 'checkpoint', 'tokens', 'analysis', 'protocol', 'navigation', 'palette'],
    'scoring',
  ];
  const globals = /(?<![.\w])(document|window|process|Buffer|__dirname|setTimeout|fetch)\s*[.(]/;
  for (const room of pure)
    it(`${room} uses nothing of a page, of Node.js or of a clock`, () => {
      const found = sources
        .filter(({ file }) => roomOf(file) === room)
        .flatMap(({ file, code }) => globals.exec(code)?.map((use) => `${file}: ${use}`) ?? []);
      assert.deepEqual(found, []);
    });
});

describe('the extension-host thread', () => {
  it('reads no file synchronously and starts no process synchronously', () => {
    const found = sources
      .filter(({ file }) => roomOf(file) === 'host')
      .flatMap(({ file, code }) =>
        [...code.matchAll(/\b\w+Sync\(/g)].map(([call]) => `${file}: ${call}`),
      );
    assert.deepEqual(found, []);
  });
});
