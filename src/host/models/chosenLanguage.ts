import type { Memento } from 'vscode';
import type { ModelSource } from './modelSource';

const KEY = 'headlight.language';

/** The language the reader last switched to, over windows and sessions. */
export class ChosenLanguage {
  constructor(private readonly memento: Memento) {}

  /** For a model with a switch: the reader's choice, else the model's own default. */
  for(model: ModelSource): string | null {
    if (model.language === null) return null;
    const chosen = this.memento.get<unknown>(KEY);
    return typeof chosen === 'string' ? chosen : model.language;
  }

  /** Called when a model has accepted the language, so that no unknown one is ever kept. */
  remember(language: string): void {
    if (this.memento.get(KEY) !== language) void this.memento.update(KEY, language);
  }
}
