import { fork, type ChildProcess, type Serializable } from 'node:child_process';
import type { EngineOptions } from '../../protocol/engineOptions';
import type { EnginePort } from '../../protocol/enginePort';

/** How much of the child's last words on stderr goes into the reason of its exit: a line or two. */
const LAST_WORDS_CHARACTERS = 300;

/**
 * The engine as a process of its own: what it breaks, it breaks alone. Slower to start and every
 * message is copied, so it is the fallback after a crash, and a setting.
 *
 * The child leaves by itself when this end of the channel closes, so it outlives neither the
 * extension nor a killed extension host.
 */
export class ChildPort implements EnginePort {
  /** Public for tests that take it down from outside, as the system would. */
  readonly child: ChildProcess;
  private killed = false;
  private lastWords = '';

  constructor(script: string, options: EngineOptions) {
    this.child = fork(script, [JSON.stringify(options)], {
      serialization: 'advanced',
      // Not the host's: under --inspect two processes would fight for one port.
      execArgv: [],
      // Desktop VS Code's executable is Electron, which must be told to be Node.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.lastWords = (this.lastWords + text).slice(-LAST_WORDS_CHARACTERS);
    });
  }

  post(message: unknown): void {
    // A channel that has just closed reports through `exit`; there is nobody to tell here.
    if (this.child.connected) this.child.send(message as Serializable, () => undefined);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.child.on('message', listener);
  }

  onExit(listener: (reason: string) => void): void {
    let over = false;
    const end = (reason: string): void => {
      if (over || this.killed) return;
      over = true;
      listener(reason);
    };
    this.child.on('error', (error) => end(error.message));
    this.child.on('exit', (code, signal) => {
      const words = this.lastWords.trim();
      end(words === '' ? (signal ?? `exit code ${code ?? '?'}`) : words);
    });
  }

  kill(): void {
    this.killed = true;
    this.child.kill('SIGKILL');
  }
}
