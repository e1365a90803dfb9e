/** Where the model's parameters are; the sum is what its checkpoint holds. */
import type { Translate } from '../../src/language/translate';
import type { ParameterPart } from '../../src/protocol/structure';
import type { Half } from '../../src/protocol/address';
import { card } from '../parts/card';
import { DataTable, type Row } from '../parts/dataTable';
import { element, setText } from '../parts/element';
import { isInBlocks } from './boxParameters';
import { halfName } from './boxWords';
import type { MapSight } from './mapSight';

export class ParametersCard {
  readonly root: HTMLElement;
  private readonly table: DataTable;
  private readonly words = element('p', { class: 'hint' });

  constructor(private readonly t: Translate) {
    this.table = new DataTable(t('Parameters by part'));
    this.root = card(
      t('Where the parameters are'),
      '',
      element(
        'div',
        {
          class: 'map-scroll',
          attributes: { role: 'region', tabindex: 0, 'aria-label': t('Parameters by part') },
        },
        this.table.root,
      ),
      this.words,
    );
  }

  update(sight: MapSight): void {
    const { t } = this;
    const { structure, model, whole, view } = sight;
    const { parameters, unusedParameters } = structure;
    const both = structure.encoder !== null && structure.decoder !== null;
    const most = Math.max(1, unusedParameters, ...parameters.map(({ count }) => count));
    const blocksOf = (part: ParameterPart, half: Half | null): number =>
      half !== null && isInBlocks(part) ? (structure[half]?.distinctBlocks ?? 1) : 1;
    this.table.update(JSON.stringify([view.snapshot.trace, parameters, view.locale]), () => ({
      columns: [
        { name: t('Part'), kind: 'header' },
        { name: t('Per block'), kind: 'number' },
        { name: t('Parameters'), kind: 'bar' },
      ],
      rows: [
        ...parameters.map(({ part, half, count }): Row => {
          const blocks = blocksOf(part, half);
          const inBlocks = half !== null && isInBlocks(part);
          const name = this.name(part, sight);
          return {
            cells: [
              both && half !== null && !(part === 'tokens' && structure.sharedEmbeddings)
                ? `${halfName(half, t)}: ${name}`
                : name,
              inBlocks ? `${whole(Math.round(count / blocks))} × ${whole(blocks)}` : '',
              { text: whole(count), share: count / most },
            ],
          };
        }),
        ...(unusedParameters === 0
          ? []
          : [
              {
                cells: [
                  t('Stored but not used'),
                  '',
                  { text: whole(unusedParameters), share: unusedParameters / most },
                ],
              },
            ]),
        { cells: [t('All in the checkpoint'), '', whole(model.parameters)], kind: 'written' },
      ],
    }));
    const notes = [
      structure.head?.tied === true
        ? t('The output’s matrix is the token table: it is counted once.')
        : '',
      unusedParameters > 0
        ? t(
            'Stored but not used: {count} tensors the model computes without (copies, stored tables, heads of other tasks).',
            {
              count: whole(sight.model.unusedTensors.count),
            },
          )
        : '',
    ];
    setText(this.words, notes.filter((note) => note !== '').join(' '));
  }

  private name(part: ParameterPart, { structure }: MapSight): string {
    const { t } = this;
    switch (part) {
      case 'tokens':
        return structure.sharedEmbeddings ? t('Token table of both stacks') : t('Token embedding');
      case 'positions':
        return t('Positions');
      case 'types':
        return t('Text A / B');
      case 'embeddingNorm':
        return t('Norm of the embeddings');
      case 'embeddingProjection':
        return t('Projection');
      case 'relativeBias':
        return t('Relative bias');
      case 'attention':
        return t('Self-attention');
      case 'cross':
        return t('Cross-attention');
      case 'feedForward':
        return t('Feed-forward');
      case 'norms':
        return t('Norms');
      case 'finalNorm':
        return t('Final norm');
      case 'outProjection':
        return t('Projection of the output');
      case 'headTransform':
        return structure.head?.outputs === null ? t('Pooler') : t('Dense layer');
      case 'output':
        return structure.head?.tied === true ? t('Bias of the output') : t('Output');
    }
  }
}
