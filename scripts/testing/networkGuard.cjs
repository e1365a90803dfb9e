// Preloaded (`--require`) into every Node.js process and thread of a VS Code under test:
// a connection to anything but this machine is refused, and written to $HEADLIGHT_NETWORK_LOG, which
// the test reads. Each guarded thread writes a line too, so that a guard that is not there is noticed.
'use strict';
const processes = require('node:child_process');
const dgram = require('node:dgram');
const dns = require('node:dns');
const { appendFileSync } = require('node:fs');
const net = require('node:net');
const threads = require('node:worker_threads');

const { isMainThread } = threads;

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+|0\.0\.0\.0|::)?$/;

/** @param {Record<string, unknown>} line */
function write(line) {
  const file = process.env['HEADLIGHT_NETWORK_LOG'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`);
}

/**
 * @param {string} what
 * @param {unknown} host
 */
function check(what, host) {
  if (host === undefined || host === null) return;
  if (typeof host === 'string' && LOOPBACK.test(host)) return;
  const { stack } = new Error('from');
  write({ what, host, pid: process.pid, isMainThread, stack });
  throw new Error(`Network is off in this test: ${what} ${JSON.stringify(host)}`);
}

/**
 * Puts a check before a function of a module.
 * @param {any} owner
 * @param {string} name
 * @param {(args: unknown[]) => unknown} hostOf
 */
function guard(owner, name, hostOf) {
  const original = owner[name];
  owner[name] = function guarded(/** @type {unknown[]} */ ...args) {
    check(name, hostOf(args));
    return original.apply(this, args);
  };
}

/** Arguments of `connect`: normalised `[options]`, options, port and host, or the path of a pipe. */
const hostOfConnect = (/** @type {any[]} */ args) => {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) return first.path ? undefined : first.host;
  return typeof second === 'string' ? second : undefined;
};
const lastString = (/** @type {any[]} */ args) => args.findLast((arg) => typeof arg === 'string');

guard(net.Socket.prototype, 'connect', hostOfConnect);
guard(dgram.Socket.prototype, 'send', lastString);
guard(dgram.Socket.prototype, 'connect', (args) => args[1]);
const lookups = ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveTxt'];
for (const name of lookups)
  for (const owner of [dns, dns.promises]) guard(owner, name, ([host]) => host);

/**
 * Threads and processes inherit `--require`, unless they are given Node.js options of their own.
 * @param {any} options
 */
const passedOn = (options) =>
  Array.isArray(options?.execArgv)
    ? { ...options, execArgv: ['--require', __filename, ...options.execArgv] }
    : options;
const { Worker } = threads;
threads.Worker = class extends Worker {
  /**
   * @param {string | URL} file
   * @param {import('node:worker_threads').WorkerOptions} [options]
   */
  constructor(file, options) {
    super(file, passedOn(options));
  }
};
const { fork } = processes;
Object.assign(processes, {
  fork: (/** @type {string} */ file, /** @type {any[]} */ ...rest) =>
    fork(file, ...rest.map((part) => (Array.isArray(part) ? part : passedOn(part)))),
});

write({
  what: 'guard',
  pid: process.pid,
  isMainThread,
  extensionHost: process.argv.includes('--type=extensionHost'),
});
