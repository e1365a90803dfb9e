/** What the checkpoint's own files ask for when it writes, folded away. */
import type { Translate } from '../../../src/language/translate';
import type { Answer } from '../../../src/protocol/queries';
import { DataTable } from '../../parts/dataTable';
import { element, setText, show } from '../../parts/element';
import { writingWords } from './writingWords';

export class CheckpointOptions {
  readonly root: HTMLDetailsElement;
  private readonly words = element('p', { class: 'hint' });
  private readonly notObeyed = element('p', { class: 'hint' });
  private readonly table: DataTable;

  constructor(private readonly t: Translate) {
    this.table = new DataTable(t('Options of the checkpoint’s files'));
    this.root = element(
      'details',
      { class: 'twin writing-options' },
      element('summary', {}, t('What the checkpoint asks for')),
      this.words,
      this.notObeyed,
      this.table.root,
    );
  }

  update(settings: Answer<'generationSettings'> | null): void {
    const { t } = this;
    show(this.root, settings !== null);
    if (settings === null) return;
    const { options, writing } = settings;
    const asked = writingWords(t, writing);
    setText(
      this.words,
      options.length === 0
        ? t('Its files set no option of how it writes: {words}.', { words: asked })
        : t('That comes to: {words}.', { words: asked }),
    );
    const left = options.filter(({ obeyed }) => !obeyed);
    setText(
      this.notObeyed,
      t('Not built here, so not obeyed: {options}.', {
        options: left.map(({ option, value }) => `${option} = ${value}`).join(', '),
      }),
    );
    show(this.notObeyed, left.length > 0);
    show(this.table.root, options.length > 0);
    this.table.update(JSON.stringify(options), () => ({
      columns: [
        { name: t('Option'), kind: 'header' },
        { name: t('Value'), kind: 'text' },
        { name: t('File'), kind: 'text' },
      ],
      rows: options.map(({ file, option, value }) => ({ cells: [option, value, file] })),
    }));
  }
}
