import * as vscode from 'vscode';
import type { WireFailure } from '../failure/failure';
import { describeFailure, type Translate } from '../language/translate';

/** VS Code's translations as the `Translate` that the rooms below the host know. */
export const t: Translate = (template, args = {}) => vscode.l10n.t(template, { ...args });

/** The words for a failure in the language of this VS Code. */
export const failureWords = (failure: WireFailure): string => describeFailure(failure, t);
