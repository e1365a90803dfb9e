/** Failures of the engine as such: of its memory, its process or thread, and what it computes with. */
export const engineFailureMessages = {
  'memory.run':
    'This run would need about {needed} MB; {available} MB are free for it. Select a shorter passage, close other inspections or programs, or choose a smaller model.',
  'memory.budget':
    'This run would hold about {needed} MB; inspections may hold {available} MB. Select a shorter passage, or raise “headlight.memoryBudget”.',
  'memory.model':
    'Loading this model would need about {needed} MB; {available} MB are free. Close other programs or choose a smaller model.',
  'memory.heap':
    'TensorFlow.js’s memory is full: {wanted} MB more were wanted, {held} MB of at most {limit} MB are held. Select a shorter passage or choose a smaller model.',

  'engine.crashed':
    'The engine stopped unexpectedly ({reason}). It is being started again and your text is run anew.',
  'engine.gaveUp':
    'The engine stopped again ({reason}). Try a shorter text, set “headlight.engine.process” to “child”, or run “Headlight: Self-Test”.',
  'engine.silent':
    'The engine has not answered for {seconds} seconds and was stopped. Try a shorter text, or run “Headlight: Self-Test”.',
  'engine.backend': 'TensorFlow.js could not start its {backend} backend: {reason}.',

  'notice.cpuBackend':
    'WebAssembly SIMD is not available ({reason}); Headlight computes with plain JavaScript, about 13 times slower.',
  'notice.slowWasm':
    'The fastest way to compute could not be started ({reason}); TensorFlow.js’s own kernels are used on one thread, several times slower.',
  'notice.kernelThread':
    'A thread that computes was lost ({reason}). Its part was computed again, so nothing is missing. Threads left: {threads}.',
  'notice.kernelThreadSilent':
    'A thread that computes stood still for {seconds} seconds and was ended. Its part was computed again, so nothing is missing. Threads left: {threads}.',
} as const;
