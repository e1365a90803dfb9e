import { DisposableStore } from '../disposables';
import type { ModelPickServices } from './chooseModel';
import { lookAgain, stateOf, type ModelKnowledge } from './modelState';

/** What is known of models, for the list of them. */
export const modelPick = (
  knowledge: ModelKnowledge,
  forget: ModelPickServices['forget'],
): ModelPickServices => ({
  models: () => knowledge.models.all().map((model) => stateOf(knowledge, model)),
  refresh: () => lookAgain(knowledge),
  onChange: (listener) => {
    const listeners = new DisposableStore();
    for (const { changed } of [knowledge.models, knowledge.facts, knowledge.listed])
      listeners.add(changed.on(listener));
    return listeners;
  },
  forget,
});
