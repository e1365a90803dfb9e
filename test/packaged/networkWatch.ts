// Watches that nothing leaves this machine: the browser goes through a proxy that notes and refuses,
// the Node.js processes have scripts/testing/networkGuard.cjs in them.
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import * as v from 'valibot';

/** What Chromium asks of its maker by itself, with no page involved. The proxy refuses that as well. */
const CHROMIUM_ITSELF =
  /(^|\.)(update|accounts|clients\d?|optimizationguide-pa|content-autofill|safebrowsing|android\.clients)\.(google|googleapis)\.com$/;

const lineSchema = v.looseObject({
  what: v.string(),
  isMainThread: v.boolean(),
  extensionHost: v.optional(v.boolean()),
});
type Line = v.InferOutput<typeof lineSchema>;

export class NetworkWatch {
  private readonly asked: string[] = [];
  private readonly proxy: Server;

  /** @param logFile where guarded processes write */
  constructor(private readonly logFile: string) {
    this.proxy = createServer((request, response) => {
      this.asked.push(request.url ?? '');
      response.writeHead(502).end();
    });
    this.proxy.on('connect', (request, socket) => {
      this.asked.push(`https://${request.url ?? ''}`);
      socket.end('HTTP/1.1 502 Refused\r\n\r\n');
    });
  }

  /** Starts the proxy; resolves to the arguments Chromium needs to use it. */
  async start(): Promise<readonly string[]> {
    await new Promise<void>((resolve) => this.proxy.listen(0, '127.0.0.1', resolve));
    const { port } = this.proxy.address() as AddressInfo;
    return [`--proxy-server=127.0.0.1:${port}`, '--proxy-bypass-list=127.0.0.1'];
  }

  stop(): void {
    this.proxy.close();
    this.proxy.closeAllConnections();
  }

  /** Options of the VS Code server that put the guard into its processes. */
  get guard(): { preload: string; env: Record<string, string> } {
    return {
      preload: path.resolve('scripts', 'testing', 'networkGuard.cjs'),
      env: { HEADLIGHT_NETWORK_LOG: this.logFile },
    };
  }

  private lines(): Line[] {
    if (!existsSync(this.logFile)) return [];
    const lines = readFileSync(this.logFile, 'utf8').trim().split('\n');
    return lines.map((line) => v.parse(lineSchema, JSON.parse(line)));
  }

  /** Which kinds of threads have the guard. */
  guarded(): { extensionHost: boolean; thread: boolean } {
    const guards = this.lines().filter(({ what }) => what === 'guard');
    return {
      extensionHost: guards.some(({ extensionHost }) => extensionHost === true),
      thread: guards.some(({ isMainThread }) => !isMainThread),
    };
  }

  /** Every attempt to leave this machine. */
  attempts(): unknown[] {
    return [
      ...this.lines().filter(({ what }) => what !== 'guard'),
      ...this.asked.filter((address) => !CHROMIUM_ITSELF.test(new URL(address).hostname)),
    ];
  }
}
