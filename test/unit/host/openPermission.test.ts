import assert from 'node:assert/strict';
import { OpenPermission } from '../../../src/host/models/openPermission';

interface Surroundings {
  readonly trusted?: boolean;
  readonly answer?: boolean;
  /** Where folders lie that are links. */
  readonly links?: Readonly<Record<string, string>>;
}

function asking({ trusted = false, answer = true, links = {} }: Surroundings = {}) {
  const asked: string[] = [];
  const permission = new OpenPermission({
    trusted: () => trusted,
    workspace: () => ['/models-of/space'],
    real: (folder) => Promise.resolve(links[folder] ?? folder),
    ask: (folder) => {
      asked.push(folder);
      return Promise.resolve(answer);
    },
  });
  return { permission, asked };
}

describe('opening a model from a workspace without trust', () => {
  it('asks once, and takes the answer', async () => {
    const { permission, asked } = asking();
    assert.equal(await permission.isGiven('/models-of/space/model'), false);
    assert.equal(await permission.ask('/models-of/space/model'), true);
    assert.equal(await permission.isGiven('/models-of/space/model'), true);
    assert.equal(await permission.ask('/models-of/space/model'), true);
    assert.deepEqual(asked, ['/models-of/space/model']);
    assert.equal(await permission.isGiven('/models-of/space/other'), false);
    assert.equal(await permission.isGiven('/models-of/space'), false);
  });

  it('asks again after a no', async () => {
    const { permission, asked } = asking({ answer: false });
    assert.equal(await permission.ask('/models-of/space/model'), false);
    assert.equal(await permission.ask('/models-of/space/model'), false);
    assert.equal(asked.length, 2);
  });

  it('asks for folders that lie in it by way of a link, and for links in it', async () => {
    const { permission } = asking({
      links: {
        '/home/link': '/real/space/model',
        '/models-of/space': '/real/space',
        '/models-of/space/out': '/home/m',
      },
    });
    assert.equal(await permission.isGiven('/home/link'), false);
    assert.equal(await permission.isGiven('/models-of/space/out'), false);
    assert.equal(await permission.isGiven('/models-of/space/../space/model'), false);
  });

  it('asks for nothing that lies elsewhere, and for nothing in a workspace with trust', async () => {
    const { permission, asked } = asking({ answer: false });
    for (const folder of ['/home/model', '/models-of/spaces', '/models-of', '/models-of/space/..'])
      assert.equal(await permission.ask(folder), true, folder);
    assert.equal(await permission.ask('/models-of/space/..model'), false);
    assert.equal(await asking({ trusted: true }).permission.ask('/models-of/space/model'), true);
    assert.deepEqual(asked, ['/models-of/space/..model']);
  });
});
