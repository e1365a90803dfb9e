/** What can be taken out of the panel: numbers, pictures, code. */
import type { Translate } from '../../src/language/translate';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { MatrixPanel } from './matrixPanel';
import { element, show } from '../parts/element';
import { drawingOf, type Drawing } from './axes';
import { canReveal } from './documentLink';
import { pngOf, svgOf } from './pictureExport';
import type { Commands, Part, View } from './view';

/** Query and key whose number is to be reproduced: under the cursor, else the row's largest weight. */
function cellOf(view: View, matrix: MatrixPanel): { query: number; key: number } | null {
  if (matrix.cell !== null) return matrix.cell;
  const { answer, answered } = view.row;
  if (answer === null || answered === null) return null;
  let best = -1;
  let most = -Infinity;
  numbersOf(answer.weights).forEach((weight, index) => {
    if (weight > most) {
      most = weight;
      best = index;
    }
  });
  if (best < 0) return null;
  return answered.direction === 'looksAt'
    ? { query: answered.token, key: best }
    : { query: best, key: answered.token };
}

/** The whole matrix that navigation names; null while another is still on screen. */
function drawingNow({ snapshot, matrix }: View): Drawing | null {
  const { answer, answered, fresh } = matrix;
  return fresh && answer !== null && answered !== null
    ? drawingOf(snapshot, answer, answered)
    : null;
}

export function createActions(t: Translate, commands: Commands, matrix: MatrixPanel): Part {
  let view: View | null = null;
  const button = (words: string, title: string, act: (view: View) => void): HTMLButtonElement =>
    element(
      'button',
      {
        class: 'action',
        attributes: { type: 'button', title },
        on: {
          // The cursor over the matrix must survive the click: the button takes no focus from it.
          pointerdown: (event) => event.preventDefault(),
          click: () => {
            if (view !== null) act(view);
          },
        },
      },
      words,
    );
  const csv = button(
    t('Copy row as CSV'),
    t('Exact weights and norms of the chosen token'),
    ({ row }) => {
      if (row.answered !== null) commands.copy({ what: 'rowCsv', address: row.answered });
    },
  );
  const python = button(
    t('Copy as Python'),
    t(
      'Lines for Hugging Face transformers that reproduce the number under the cursor, or the row’s largest',
    ),
    (now) => {
      const { stack, layer, head } = now.navigation;
      const cell = cellOf(now, matrix);
      if (cell !== null) commands.copy({ what: 'python', stack, layer, head, ...cell });
    },
  );
  const npy = button(
    t('Save matrix (.npy)'),
    t('The whole exact matrix for NumPy'),
    ({ navigation }) => {
      const { stack, layer, head, hideSpecials } = navigation;
      commands.copy({ what: 'matrixNpy', stack, layer, head, hideSpecials });
    },
  );
  const png = button(t('PNG'), t('Save the picture as PNG'), (now) => {
    const drawing = drawingNow(now);
    if (drawing !== null)
      void pngOf(svgOf(now, drawing, t)).then((data) => commands.copy({ what: 'png', data }));
  });
  const svg = button(t('SVG'), t('Save the picture as SVG'), (now) => {
    const drawing = drawingNow(now);
    if (drawing !== null) commands.copy({ what: 'svg', text: svgOf(now, drawing, t).text });
  });
  const reveal = button(
    t('Show in editor'),
    t('Select the chosen token’s characters in the editor'),
    (now) => {
      const token = now.navigation.token;
      const span = token?.side === 'source' ? now.snapshot.plan?.source[token.index]?.span : null;
      if (span) commands.reveal(span);
    },
  );
  const root = element(
    'div',
    { class: 'actions', attributes: { role: 'toolbar', 'aria-label': t('Take away') } },
    csv,
    python,
    npy,
    png,
    svg,
    reveal,
  );
  return {
    root,
    update(next) {
      view = next;
      show(root, next.snapshot.plan !== null);
      const noRow = next.row.answer === null;
      csv.disabled = noRow;
      python.disabled = noRow && matrix.cell === null;
      npy.disabled = next.matrix.answer === null;
      png.disabled = next.matrix.answer === null;
      svg.disabled = next.matrix.answer === null;
      const { token } = next.navigation;
      reveal.disabled =
        !canReveal(next.reader.link) ||
        token?.side !== 'source' ||
        next.snapshot.plan?.source[token.index]?.span == null;
    },
  };
}
