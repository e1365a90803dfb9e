import * as vscode from 'vscode';
import { Failure } from '../../../failure/failure';
import { canWrite } from '../../../navigation/canWrite';
import type { Navigation } from '../../../protocol/navigation';
import type { ModelSummary } from '../../../protocol/trace';
import { plainWriting, type Writing } from '../../../protocol/writing';
import type { DocumentLinks } from '../../editor/documentLinks';
import { selectedText, selectedTexts } from '../../editor/selection';
import { beginningAfter } from '../../inspection/beginning';
import type { Inspections } from '../../inspection/inspections';
import type { Reader } from '../../inspection/reader';
import type { ChosenLanguage } from '../../models/chosenLanguage';
import type { LoadingDisplay } from '../../models/modelOpener';
import type { ModelKnowledge } from '../../models/modelState';
import { summaryOf } from '../../models/summaryOf';
import { quoted } from '../../quoted';
import { t } from '../../words';
import { inspectAgain } from '../inspectAgain';
import type { Commands } from '../registerCommands';
import { chooseSearch } from './chooseSearch';
import { windFilm } from './filmSteps';
import {
  isInspected,
  sourceToWriteFrom,
  textOfSource,
  textsToForce,
  type SourceText,
} from './meantTexts';

/** Tokens with which a model goes on from a text: a few lines. One that only decodes may never end. */
const CONTINUED_TOKENS = 40;

/** What letting a model write needs. */
export interface WritingServices {
  readonly inspections: Inspections;
  readonly reader: Reader;
  readonly links: DocumentLinks;
  readonly language: Pick<ChosenLanguage, 'for'>;
  readonly knowledge: ModelKnowledge;
  readonly display: LoadingDisplay;
  readonly showPanel: (preserveFocus: boolean) => void;
  readonly showView: (view: Navigation['view']) => void;
}

/** The commands by which a model writes, or is made to write, and by which its film is wound. */
export class WritingCommands {
  constructor(private readonly services: WritingServices) {}

  get commands(): Commands {
    const { inspections, reader } = this.services;
    return {
      'headlight.write': () => this.letWrite(),
      'headlight.forceOutput': () => this.force(),
      'headlight.showFilm': () => this.showFilm(),
      'headlight.filmNext': () => windFilm(inspections, reader, 1),
      'headlight.filmPrevious': () => windFilm(inspections, reader, -1),
    };
  }

  private async letWrite(): Promise<void> {
    const source = sourceToWriteFrom(selectedNow(), this.services.inspections.current, atCursor);
    if (source === null) throw new Failure('text.empty');
    const model = await this.modelOf(source);
    const search = model && (await chooseSearch(textOfSource(source)));
    if (model === null || !search) return;
    const maxNewTokens = model.architecture === 'decoder' ? CONTINUED_TOKENS : null;
    this.run(source, { ...plainWriting, search, maxNewTokens });
  }

  private async force(): Promise<void> {
    const texts = textsToForce(selectedNow(), this.services.inspections.current, atCursor);
    if (texts === null) throw new Failure('text.empty');
    const { source, target, sure } = texts;
    if ((await this.modelOf(source)) === null) return;
    const text = sure ? target : await askForOutput(textOfSource(source), target ?? '');
    if (text === undefined || text === null) return;
    if (text.trim() === '') throw new Failure('text.empty');
    this.run(source, { ...plainWriting, begin: { ids: [], text }, further: false });
  }

  private showFilm(): void {
    const { inspections, showView } = this.services;
    const model = inspections.current?.snapshot.plan?.model;
    if (model !== undefined) checkWrites(model, model.name);
    showView('film');
  }

  /** What is known of the model that is to write; null: it is not loaded after all. */
  private async modelOf(source: SourceText): Promise<ModelSummary | null> {
    const { knowledge, display } = this.services;
    const { models } = knowledge;
    const known = isInspected(source) ? source.snapshot.plan?.model : undefined;
    const model = isInspected(source) ? source.subject.model : models.chosen;
    const summary = known ?? (await summaryOf(knowledge, display, model));
    if (summary !== null) checkWrites(summary, models.nameOf(model));
    return summary;
  }

  /** Has it written in the panel, in the place of the text if it is inspected already. */
  private run(source: SourceText, writing: Writing): void {
    const { inspections, reader, links, language, knowledge, showPanel } = this.services;
    showPanel(true);
    if (isInspected(source) && inspections.get(source.key) !== null) {
      inspections.show(source.key);
      inspectAgain(inspections, links, { writing });
      reader.navigate({ view: 'film' });
      return;
    }
    const model = knowledge.models.chosen;
    const subject = isInspected(source)
      ? { ...source.subject, writing }
      : { ...source, model, language: language.for(model), writing };
    const { navigation, following } = beginningAfter(inspections.current, subject);
    inspections.inspect(subject, { navigation: { ...navigation, view: 'film' }, following });
  }
}

function checkWrites(summary: ModelSummary, model: string): void {
  if (!canWrite(summary)) throw new Failure('writing.noOutput', { model });
}

/** The texts that are selected in the editor; none: there is only a cursor. */
function selectedNow(): ReturnType<typeof selectedTexts> {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined ? [] : selectedTexts(editor);
}

/** The sentence at the cursor; null on an empty line, where what is inspected may be meant. */
function atCursor(): ReturnType<typeof selectedText> {
  const editor = vscode.window.activeTextEditor;
  try {
    return editor === undefined ? null : selectedText(editor);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

const askForOutput = (source: string, value: string): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title: t('Force Own Output'),
    prompt: t('What the model is made to write from “{text}”', { text: quoted(source) }),
    placeHolder: t('Your own translation, summary or continuation'),
    value: value.trim().replaceAll(/\s+/gu, ' '),
    ignoreFocusOut: true,
  });
