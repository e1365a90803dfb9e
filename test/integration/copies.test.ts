import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/host/testApi';
import { ANIMAL } from './sentences';
import { builtInSubject, fromPage, headlight, isOver, startOver, toPage } from './headlight';

const head = { stack: 'encoder', layer: 2, head: 3, hideSpecials: false, unit: 'token' } as const;

describe('copies', () => {
  let api: TestApi;
  let trace: string;
  const saved: { name: string; bytes: Uint8Array }[] = [];
  before(async () => (api = await headlight()));
  beforeEach(async () => {
    saved.length = 0;
    api.switches.copyTargets = {
      clipboard: async (text) => vscode.env.clipboard.writeText(text),
      save: (name, bytes) => {
        saved.push({ name, bytes });
        return Promise.resolve(name);
      },
    };
    const ready = fromPage(api, 'ready');
    api.inspect(builtInSubject(api, ANIMAL));
    ({ trace } = (await api.waitFor(isOver)).snapshot);
    await ready;
  });
  afterEach(() => startOver(api));

  const copy = async (what: object): Promise<string | undefined> => {
    const notice = toPage(api, 'notice');
    await api.panel.receive({ type: 'copy', trace, copy: what });
    return (await notice).notice?.failure.code;
  };

  it('the row of “it” as CSV: it looks at the animal', async () => {
    const tokens = api.current()?.snapshot.plan?.source ?? [];
    const it = tokens.findIndex(({ label }) => label === 'it');
    const code = await copy({
      what: 'rowCsv',
      address: { ...head, direction: 'looksAt', token: it },
    });
    assert.equal(code, 'notice.copied');
    const [header, ...lines] = (await vscode.env.clipboard.readText()).trimEnd().split(/\r?\n/);
    assert.equal(header, 'position,token,weight,norm');
    assert.equal(lines.length, tokens.length);
    const cells = lines.map((line) => line.split(','));
    const sum = cells.reduce((total, [, , weight]) => total + Number(weight), 0);
    assert.ok(Math.abs(sum - 1) < 1e-5, `the weights add up to ${sum}`);
    const animal = cells.find(([, token]) => token === 'animal');
    assert.ok(Number(animal?.[2]) > 0.99, `weight on animal: ${animal?.[2]}`);
  });

  it('a head as .npy: rows that add up to one', async () => {
    assert.equal(await copy({ what: 'matrixNpy', ...head }), 'notice.saved');
    const [file] = saved;
    assert.equal(file?.name, 'headlight-encoder-2-3.npy');
    const count = api.current()?.snapshot.plan?.source.length ?? 0;
    const data = new Float32Array(
      file?.bytes.slice(-4 * count * count).buffer ?? new ArrayBuffer(0),
    );
    for (let row = 0; row < count; row++) {
      const sum = data.subarray(row * count, (row + 1) * count).reduce((a, b) => a + b, 0);
      assert.ok(Math.abs(sum - 1) < 1e-5, `row ${row} adds up to ${sum}`);
    }
  });

  it('the lines of Python for one number', async () => {
    const question = { stack: 'encoder', layer: 2, head: 3, query: 1, key: 2 };
    assert.equal(await copy({ what: 'python', ...question }), 'notice.copied');
    assert.match(await vscode.env.clipboard.readText(), /^import transformers$/m);
  });

  it('pictures', async () => {
    assert.equal(await copy({ what: 'svg', text: '<svg/>' }), 'notice.saved');
    assert.equal(await copy({ what: 'png', data: new Uint8Array([1, 2]).buffer }), 'notice.saved');
    assert.deepEqual(
      saved.map(({ name }) => name),
      ['headlight.svg', 'headlight.png'],
    );
  });
});
