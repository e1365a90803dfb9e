import type { ToPanel } from '../../protocol/panelMessages';

/** Words for the reader above the panel's content. */
export type Notice = NonNullable<Extract<ToPanel, { type: 'notice' }>['notice']>;
