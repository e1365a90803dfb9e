/** What can be taken out of the panel: numbers, pictures, code. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { numbersOf } from '../../src/protocol/wireTensor';
import { matrixAddress } from '../../src/navigation/navigationRules';
import { listedOf } from '../../src/navigation/traceState';
import type { MatrixPanel } from './matrixPanel';
import { element, setAttribute, show } from '../parts/element';
import { drawingOf, type Drawing } from './axes';
import { revealable, type Revealable } from './documentLink';
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

/** The chosen token or word, if its characters can be shown in an editor. */
function revealedToken({ snapshot, navigation, reader }: View): Revealable | null {
  const { token, unit } = navigation;
  if (token === null) return null;
  return revealable(listedOf(snapshot, token.side, unit)[token.index], token.side, reader.link);
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
  const stillRough = describeFailure({ code: 'trace.approximate', args: {} }, t);
  const csvWords = t('Exact weights and norms of the chosen token');
  const csv = button(t('Copy row as CSV'), csvWords, ({ row }) => {
    if (row.answered !== null) commands.copy({ what: 'rowCsv', address: row.answered });
  });
  const pythonWords = t(
    'Lines for Hugging Face transformers that reproduce the number under the cursor, or the row’s largest',
  );
  const python = button(t('Copy as Python'), pythonWords, (now) => {
    const { stack, layer, head } = now.navigation;
    const cell = cellOf(now, matrix);
    if (cell !== null) commands.copy({ what: 'python', stack, layer, head, ...cell });
  });
  const npyWords = t('The whole exact matrix for NumPy');
  const npy = button(t('Save matrix (.npy)'), npyWords, ({ navigation }) => {
    commands.copy({ what: 'matrixNpy', ...matrixAddress(navigation) });
  });
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
      const token = revealedToken(now);
      if (token !== null) commands.reveal(token);
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
      // What is taken away is exact: the title says what to wait for.
      const roughRow = next.row.answer?.approximate === true;
      const roughMatrix = next.matrix.answer?.approximate === true;
      csv.disabled = noRow || roughRow;
      setAttribute(csv, 'title', roughRow ? stillRough : csvWords);
      // A word's number is a mean of sums: transformers knows rows and columns of tokens alone.
      const words = next.navigation.unit === 'word';
      python.disabled = words || roughRow || (noRow && matrix.cell === null);
      setAttribute(
        python,
        'title',
        words
          ? t('Python reproduces numbers of tokens: switch from words to tokens')
          : roughRow
            ? stillRough
            : pythonWords,
      );
      npy.disabled = next.matrix.answer === null || roughMatrix;
      setAttribute(npy, 'title', roughMatrix ? stillRough : npyWords);
      png.disabled = next.matrix.answer === null;
      svg.disabled = next.matrix.answer === null;
      reveal.disabled = revealedToken(next) === null;
    },
  };
}
