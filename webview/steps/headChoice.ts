/** A mean or maximum has no steps of its own: the heads it is made of, each of which has. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals, shortName } from '../../src/navigation/names';
import { labelAt } from '../../src/navigation/labels';
import { keySide, querySide, tokensOf } from '../../src/navigation/traceState';
import type { Answer, Question } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import { Latest } from '../inspector/latest';
import type { Commands, View } from '../inspector/view';
import { DataTable, type Row } from '../parts/dataTable';
import { element, setText } from '../parts/element';

/** The heaviest heads; deeper models have hundreds. */
const MOST_HEADS = 24;

export class HeadChoice {
  readonly root: HTMLElement;
  private readonly latest: Latest<'headWeights'>;
  private readonly words = element('p', { class: 'step-question', attributes: { dir: 'auto' } });
  private readonly hint = element('p', { class: 'hint' });
  private readonly table: DataTable;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
    changed: () => void,
  ) {
    this.latest = new Latest<'headWeights'>(
      (question, signal) => commands.ask('headWeights', question, signal),
      changed,
    );
    this.table = new DataTable(t('Weight in each head'));
    this.root = element('div', { class: 'head-choice' }, this.words, this.hint, this.table.root);
  }

  reset(): void {
    this.latest.reset();
  }

  update(view: View, question: Question<'headWeights'>): void {
    this.latest.want(question);
    const { answer, answered } = this.latest.known;
    if (answer === null || answered === null) return;
    const { t } = this;
    const { snapshot, navigation } = view;
    const { weights, key, mean, max } = answer;
    const [, heads = 1] = weights.shape;
    const count = weights.shape.reduce((product, size) => product * size, 1);
    const names = {
      query: labelAt(tokensOf(snapshot, querySide(snapshot, answered.stack)), answered.query),
      key: labelAt(tokensOf(snapshot, keySide(snapshot, answered.stack)), key),
    };
    setText(
      this.words,
      navigation.head === 'max'
        ? t('The maximum {value} from “{query}” to “{key}” is taken over these {count} heads.', {
            ...names,
            value: fourDecimals(max),
            count,
          })
        : t('The mean {value} from “{query}” to “{key}” is made of these {count} heads.', {
            ...names,
            value: fourDecimals(mean),
            count,
          }),
    );
    setText(
      this.hint,
      count > MOST_HEADS
        ? t(
            'Each head has its own q, k and v: choose one to see its steps. The {shown} largest are listed.',
            {
              shown: MOST_HEADS,
            },
          )
        : t('Each head has its own q, k and v: choose one to see its steps.'),
    );
    const stamp = JSON.stringify([snapshot.trace, answered, key]);
    this.table.update(stamp, () => this.rows(answer, answered, heads));
  }

  private rows(answer: Answer<'headWeights'>, asked: Question<'headWeights'>, heads: number) {
    const { t } = this;
    const weights = numbersOf(answer.weights);
    const order = [...weights.keys()].toSorted((a, b) => weights[b]! - weights[a]! || a - b);
    const top = weights[order[0] ?? 0] ?? 0;
    return {
      columns: [
        { name: t('Head'), kind: 'header' as const },
        { name: t('weight α'), kind: 'bar' as const },
      ],
      rows: order.slice(0, MOST_HEADS).map((i): Row => {
        const layer = asked.layer ?? Math.floor(i / heads);
        const head = i % heads;
        const weight = weights[i] ?? 0;
        return {
          cells: [
            shortName({ stack: asked.stack, layer, head }, t),
            { text: fourDecimals(weight), share: top === 0 ? 0 : weight / top },
          ],
          go: () => this.commands.navigate({ layer, head, key: answer.key }),
        };
      }),
    };
  }
}
