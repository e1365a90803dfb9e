/** What the reader asks of the host: each a message about the trace on screen. */
import type { FromPanel } from '../../src/protocol/panelMessages';
import type { TraceId } from '../../src/protocol/trace';
import type { Commands } from './view';

type Tell = (words: (trace: TraceId) => FromPanel) => void;

/** All that the page does not do itself. */
export const hostCommands = (
  tell: Tell,
): Omit<Commands, 'ask' | 'askAbout' | 'navigate' | 'choose' | 'preview'> => ({
  go: (where) => tell(() => ({ type: 'go', where })),
  pin: (what) => tell((trace) => ({ type: 'pin', what, trace })),
  copyLink: () => tell(() => ({ type: 'copyLink' })),
  rerun: (language) => tell(() => ({ type: 'rerun', language })),
  write: (writing) => tell((trace) => ({ type: 'write', trace, writing })),
  branch: (what, branch) => tell(() => ({ type: 'branch', what, branch })),
  openOutput: () => tell((trace) => ({ type: 'openOutput', trace })),
  cancel: () => tell((trace) => ({ type: 'cancel', trace })),
  inspect: (sight, pinned) => tell(() => ({ type: 'inspect', sight, pinned })),
  copy: (copy) => tell((trace) => ({ type: 'copy', trace, copy })),
  reveal: ({ span, part }) => {
    if (span !== null) tell((trace) => ({ type: 'reveal', trace, span, part: part ?? 0 }));
  },
  openCard: () => tell(() => ({ type: 'openCard' })),
});
