import type { Translate } from '../../language/translate';
import type { SelfTestReport } from '../../protocol/engineMessages';

/** Where the test ran: what the engine cannot know. */
export interface SelfTestPlace {
  readonly extension: string;
  readonly vscode: string;
  readonly application: string;
  /** Name of the remote, or null on this machine. */
  readonly remote: string | null;
  readonly system: string;
  readonly engine: 'thread' | 'child';
}

/** The report of a self-test as Markdown: the verdict first, then everything a bug report needs. */
export function selfTestText(report: SelfTestReport, place: SelfTestPlace, t: Translate): string {
  const yes = (value: boolean): string => (value ? t('yes') : t('no'));
  const worst = Math.max(0, ...report.parity.map(({ maxAbs }) => maxAbs));
  const facts: readonly (readonly [string, string | number])[] = [
    [t('Largest difference from the stored tensors'), worst.toExponential(2)],
    [t('Largest difference allowed'), report.tolerance.toExponential(0)],
    [t('Stored outputs are written token by token'), yes(report.generationEqual)],
    [t('Tensors leaked'), report.leakedTensors],
    [t('Duration'), t('{seconds} s', { seconds: (report.milliseconds / 1000).toFixed(2) })],
    [t('Model'), report.model],
    [t('Backend'), report.backend],
    [t('Kernels'), report.kernels === 'own' ? t('Headlight’s own') : t('those of TensorFlow.js')],
    [t('Threads that compute'), report.threads],
    [t('WebAssembly SIMD'), yes(report.simd)],
    [t('WebAssembly relaxed SIMD'), yes(report.relaxedSimd)],
    [t('WebAssembly threads available'), yes(report.threadsAvailable)],
    [t('SharedArrayBuffer'), yes(report.sharedArrayBuffer)],
    [t('Processor cores'), report.cores],
    [
      t('Engine runs in'),
      place.engine === 'thread' ? t('a thread of the extension host') : t('a process of its own'),
    ],
    ['TensorFlow.js', report.tfjs],
    ['Node.js', report.node],
    ['Headlight', place.extension],
    ['VS Code', `${place.vscode} (${place.application})`],
    [t('Remote'), place.remote ?? t('no')],
    [t('System'), place.system],
  ];
  const verdict = report.passed
    ? t('Passed: this VS Code computes what the reference computes.')
    : t('Failed: the numbers below differ from the reference. Please report them.');
  return [
    `# ${t('Headlight Self-Test')}`,
    '',
    `**${verdict}**`,
    '',
    ...table([t('What'), t('Value')], facts),
    '',
    `## ${t('Differences, tensor by tensor')}`,
    '',
    ...table(
      [t('Tensor'), t('Largest difference')],
      report.parity.map(({ tensor, maxAbs }) => [`\`${tensor}\``, maxAbs.toExponential(2)]),
    ),
    '',
  ].join('\n');
}

const table = (
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string[] => [line(head), line(head.map(() => '---')), ...rows.map(line)];

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
