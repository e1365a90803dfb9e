import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { REPLY_MARK, type Ask, type Reply } from './contestant';

/** The longest that anything asked may take; stock kernels need half a minute for the longest text. */
const PATIENCE_MS = 300_000;
/** Of what an engine wrote to its standard error, what is told when it fails. */
const COMPLAINT_LENGTH = 400;

/** An engine in a process of its own. One question at a time. */
export class EngineProcess {
  private waiting: { resolve(reply: Reply): void; reject(error: Error): void } | null = null;
  private complaint = '';

  private constructor(
    private readonly child: ChildProcessByStdio<Writable, Readable, Readable>,
    private readonly id: string,
  ) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith(REPLY_MARK))
        this.waiting?.resolve(JSON.parse(line.slice(REPLY_MARK.length)) as Reply);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      this.complaint = (this.complaint + chunk.toString('utf8')).slice(-COMPLAINT_LENGTH);
    });
    child.on('error', (error) => this.waiting?.reject(error));
    child.on('exit', () => this.waiting?.reject(new Error(`${id} ended: ${this.complaint}`)));
    // What is written to a process that is gone is told by `exit`.
    child.stdin.on('error', () => undefined);
  }

  static start(id: string, command: string, args: readonly string[]): EngineProcess {
    const child = spawn(command, [...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    return new EngineProcess(child, id);
  }

  /** @throws Error in the engine's words */
  async ask(question: Ask): Promise<Reply> {
    const answered = new Promise<Reply>((resolve, reject) => {
      this.waiting = { resolve, reject };
    });
    const impatient = setTimeout(
      () => this.waiting?.reject(new Error(`${this.id} said nothing for ${PATIENCE_MS / 1000} s`)),
      PATIENCE_MS,
    );
    try {
      this.child.stdin.write(`${JSON.stringify(question)}\n`);
      const reply = await answered;
      if (reply.failure !== undefined) throw new Error(`${this.id}: ${reply.failure}`);
      return reply;
    } finally {
      clearTimeout(impatient);
      this.waiting = null;
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await gone;
  }
}
