import assert from 'node:assert/strict';
import type { SelfTestReport } from '../../../src/protocol/engineMessages';
import { selfTestText } from '../../../src/host/commands/selfTestReport';
import { translator } from '../../../src/language/translate';

const report: SelfTestReport = {
  backend: 'wasm',
  kernels: 'own',
  threads: 2,
  simd: true,
  threadsAvailable: false,
  sharedArrayBuffer: true,
  relaxedSimd: false,
  cores: 2,
  node: 'v24.1.0',
  tfjs: '4.22.0',
  model: 'translate-en',
  parity: [
    { tensor: 'a.logits', maxAbs: 0.00002 },
    { tensor: 'a.encoder_attentions.0', maxAbs: 0.0000003 },
  ],
  tolerance: 0.0001,
  generationEqual: true,
  leakedTensors: 0,
  milliseconds: 1234,
  passed: true,
};
const place = {
  extension: '0.1.0',
  vscode: '1.100.0',
  application: 'Visual Studio Code',
  remote: null,
  system: 'Linux 6 x64',
  engine: 'child',
} as const;

describe('self-test report', () => {
  it('says the verdict first, then every figure of the report', () => {
    const text = selfTestText(report, place, translator({}));
    assert.match(text.split('\n')[2] ?? '', /^\*\*Passed/);
    for (const row of [
      '| Largest difference from the stored tensors | 2.00e-5 |',
      '| Largest difference allowed | 1e-4 |',
      '| Tensors leaked | 0 |',
      '| Duration | 1.23 s |',
      '| Backend | wasm |',
      '| Kernels | Headlight’s own |',
      '| Threads that compute | 2 |',
      '| WebAssembly SIMD | yes |',
      '| WebAssembly threads available | no |',
      '| Processor cores | 2 |',
      '| Engine runs in | a process of its own |',
      '| TensorFlow.js | 4.22.0 |',
      '| VS Code | 1.100.0 (Visual Studio Code) |',
      '| `a.encoder_attentions.0` | 3.00e-7 |',
    ])
      assert.ok(text.includes(`${row}\n`), row);
  });

  it('does not soften a failure', () => {
    const text = selfTestText(
      { ...report, passed: false, leakedTensors: 3 },
      place,
      translator({}),
    );
    assert.match(text, /\*\*Failed/);
    assert.match(text, /\| Tensors leaked \| 3 \|/);
  });

  it('speaks the reader’s language', () => {
    const text = selfTestText(report, place, translator({ Backend: '计算后端' }));
    assert.match(text, /\| 计算后端 \| wasm \|/);
  });
});
