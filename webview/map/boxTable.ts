/** The table twin of the map: every box with its shape and the chosen token's numbers. Pure. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import type { Answer } from '../../src/protocol/queries';
import type { TableData } from '../parts/dataTable';
import { boxNumbers } from './boxNumbers';
import { boxParameters } from './boxParameters';
import { boxDetail, boxTitle, halfName } from './boxWords';
import type { HalfBoxes, MapBox } from './boxes';
import type { MapSight } from './mapSight';

export function boxTable(
  halves: readonly HalfBoxes[],
  sight: MapSight,
  norms: { readonly half: string; readonly answer: Answer<'pathNorms'> } | null,
  t: Translate,
  open: (box: MapBox) => void,
): TableData {
  const numbersAt = (box: MapBox): string =>
    norms === null || norms.half !== box.half
      ? ''
      : boxNumbers(box, norms.answer, sight.layer[box.half], t)
          .map(({ name, value }) => `${name} ${fourDecimals(value)}`)
          .join(', ');
  return {
    columns: [
      { name: t('Part'), kind: 'header' },
      { name: t('Stack'), kind: 'text' },
      { name: t('Shape'), kind: 'text' },
      { name: t('Parameters'), kind: 'number' },
      { name: t('Numbers'), kind: 'text' },
    ],
    rows: halves.flatMap(({ half, before, block, after }) =>
      [...before, ...block, ...after].map((box) => {
        const parameters = boxParameters(box, sight.structure);
        return {
          cells: [
            boxTitle(box, sight, t),
            box.subLayer === null
              ? halfName(half, t)
              : t('{half}, layer {layer} of 0–{last}', {
                  half: halfName(half, t),
                  layer: sight.layer[half],
                  last: sight.model.layers[half] - 1,
                }),
            boxDetail(box, sight, t),
            parameters === null
              ? ''
              : sight.whole(Math.round(parameters.count / parameters.blocks)),
            numbersAt(box),
          ],
          go: () => open(box),
        };
      }),
    ),
  };
}
