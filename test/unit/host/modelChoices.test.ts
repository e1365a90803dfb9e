import assert from 'node:assert/strict';
import { translator } from '../../../src/language/translate';
import { modelChoices, type ChoosableModel } from '../../../src/host/models/modelChoices';
import { MAX_RECENT_MODELS, RecentModels } from '../../../src/host/models/recentModels';
import { FakeMemento } from './fakeMemento';

const model = (folder: string, change: Partial<ChoosableModel> = {}): ChoosableModel => ({
  ...{ folder, name: folder.slice(1), chosen: false, builtIn: false, loaded: false, recent: false },
  ...{ files: null, summary: null, failure: null },
  ...change,
});

describe('recent models', () => {
  it('are remembered, the last one first, and not without end', async () => {
    const recent = new RecentModels(new FakeMemento());
    for (const folder of ['/a', '/b', '/a']) await recent.use(folder);
    assert.deepEqual(recent.all(), ['/a', '/b']);
    for (let i = 0; i < MAX_RECENT_MODELS; i++) await recent.use(`/m${i}`);
    assert.equal(recent.all().length, MAX_RECENT_MODELS);
    assert.equal(recent.all()[0], `/m${MAX_RECENT_MODELS - 1}`);
    assert.equal(recent.has('/a'), false);
    await recent.forget('/m3');
    assert.equal(recent.has('/m3'), false);
  });

  it('are none where something else is stored', async () => {
    const memento = new FakeMemento();
    const recent = new RecentModels(memento);
    await memento.update('headlight.recentModels', [1, 2]);
    assert.deepEqual(recent.all(), []);
    await memento.update('headlight.recentModels', ['here', '/there']);
    assert.deepEqual(recent.all(), ['/there']);
  });
});

describe('the list of models', () => {
  const models = [
    model('/built-in', { builtIn: true }),
    model('/last', { recent: true, chosen: true }),
    model('/gone', {
      recent: true,
      failure: { code: 'checkpoint.folder', args: { folder: '/gone' } },
    }),
    model('/$(zap)'),
  ];
  const groups = modelChoices(models, 'en', translator({}));

  it('has groups, each model in one of them', () => {
    assert.deepEqual(
      groups.map(({ title, choices }) => [title, choices.map(({ label }) => label)]),
      [
        ['used recently', ['$(check) last', '$(warning) gone']],
        ['in your model folders', ['$(blank) \\$(zap)']],
        ['comes with Headlight', ['$(blank) built-in']],
      ],
    );
    assert.deepEqual(
      modelChoices([models[0]!], 'en', translator({})).map(({ title }) => title),
      ['comes with Headlight'],
    );
  });

  it('says of a model that is gone that it is, and lets it be forgotten', () => {
    const [last, gone] = groups[0]!.choices;
    assert.equal(gone?.description, 'gone');
    assert.equal(gone.forgettable, true);
    assert.equal(last?.forgettable, false, 'the chosen one is needed');
    assert.equal(last.detail, '/last');
    assert.equal(groups[2]?.choices[0]?.detail, '');
  });
});
