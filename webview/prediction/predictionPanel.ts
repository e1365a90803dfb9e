/** What the model says of the text: one view for each task. */
import type { Translate } from '../../src/language/translate';
import type { Prediction } from '../../src/protocol/trace';
import type { Commands, Part, View } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import { AnswerSpan } from './answerSpan';
import { MaskedToken } from './maskedToken';
import { NextToken } from './nextToken';
import { whyNoPrediction } from './offersPrediction';
import { ReplacedToken } from './replacedToken';
import { SequenceLabels } from './sequenceLabels';
import { TokenLabels } from './tokenLabels';

export type TaskName = Prediction['task'];
export type PredictionOf<T extends TaskName> = Extract<Prediction, { task: T }>;

/** The view of one task. */
export interface TaskPart<T extends TaskName> {
  readonly root: HTMLElement;
  update(prediction: PredictionOf<T>, view: View): void;
}

type Updated = (view: View) => void;

export class PredictionPanel implements Part {
  readonly root: HTMLElement;
  private readonly waiting = element('p', { class: 'waiting' });
  private readonly room = element('div');
  private task: TaskName | null = null;
  private updated: Updated = () => {};

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.root = element('div', { class: 'prediction-panel' }, this.waiting, this.room);
  }

  update(view: View): void {
    const { prediction } = view.snapshot;
    const why = whyNoPrediction(view.snapshot, this.t);
    setText(this.waiting, why ?? '');
    show(this.waiting, why !== null);
    show(this.room, prediction !== null);
    if (prediction === null) return;
    if (prediction.task !== this.task) {
      this.task = prediction.task;
      this.updated = this.make(prediction.task);
    }
    this.updated(view);
  }

  private make(task: TaskName): Updated {
    const { t, commands } = this;
    switch (task) {
      case 'nextToken':
        return this.place(task, new NextToken(t, commands));
      case 'maskedToken':
        return this.place(task, new MaskedToken(t, commands));
      case 'sequenceLabels':
        return this.place(task, new SequenceLabels(t));
      case 'tokenLabels':
        return this.place(task, new TokenLabels(t, commands));
      case 'answerSpan':
        return this.place(task, new AnswerSpan(t, commands));
      case 'replacedToken':
        return this.place(task, new ReplacedToken(t, commands));
    }
  }

  private place<T extends TaskName>(task: T, part: TaskPart<T>): Updated {
    this.room.replaceChildren(part.root);
    const isOf = (prediction: Prediction): prediction is PredictionOf<T> =>
      prediction.task === task;
    return (view) => {
      const { prediction } = view.snapshot;
      if (prediction !== null && isOf(prediction)) part.update(prediction, view);
    };
  }
}
