/**
 * The terminal twin of the extension: the same engine for scripts, CI and people on a server.
 * Standard output carries data only; one line on standard error says what went wrong.
 */
import { Failure } from '../failure/failure';
import { describeFailure } from '../language/translate';
import { help } from './help';
import { readerLanguage } from './readerLanguage';
import { productVersion } from './productVersion';
import { progressLine } from './progressLine';
import { score } from './score';
import type { Command, Terminal } from './terminal';
import { tokenizeCommand } from './tokenizeCommand';
import { trace } from './trace';

const COMMANDS: Readonly<Record<string, Command>> = { trace, tokenize: tokenizeCommand, score };

const HELP: ReadonlySet<string> = new Set(['--help', '-h']);
const BAD_INPUT = 2;
const OWN_FAILURE = 1;
/** Beginnings of failure codes that are not the caller's doing. */
const OWN_FAILURES = ['internal.', 'engine.'];

async function run(args: readonly string[], terminal: Terminal): Promise<void> {
  const [name, ...rest] = args;
  const known = Object.keys(COMMANDS).join(', ');
  if (name === undefined) throw new Failure('cli.noCommand', { known });
  if (args.some((one) => HELP.has(one))) return terminal.write(help(terminal.t));
  if (name === '--version') return terminal.write(`${await productVersion(terminal.dist)}\n`);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new Failure('cli.command', { command: name, known });
  return command(rest, terminal);
}

async function main(): Promise<void> {
  const dist = __dirname;
  const t = await readerLanguage(dist, process.env);
  const terminal: Terminal = {
    t,
    dist,
    write: (text) => void process.stdout.write(text),
    ...progressLine(process.stderr),
  };
  process.stdout.on('error', ({ code = '?' }: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`| head`) closes the pipe: that is no error.
    if (code === 'EPIPE') return;
    terminal.note(describeFailure(new Failure('cli.output', { file: 'stdout', reason: code }), t));
    process.exitCode = BAD_INPUT;
  });
  try {
    await run(process.argv.slice(2), terminal);
  } catch (thrown) {
    const failure = Failure.from(thrown);
    terminal.note(describeFailure(failure, t));
    const own = OWN_FAILURES.some((prefix) => failure.code.startsWith(prefix));
    process.exitCode = own ? OWN_FAILURE : BAD_INPUT;
  }
}

void main();
