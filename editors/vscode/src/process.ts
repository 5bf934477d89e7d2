// The server's process.

import { spawn, type ChildProcess } from 'node:child_process';
import type { Server } from './binary/probe';

/** How long a server may take to end after it was asked to. */
const PATIENCE_MS = 1000;

export class ServerProcess {
  private child: ChildProcess | undefined;

  constructor(
    private readonly server: Server,
    private readonly folder: string | undefined,
  ) {}

  /** Starts the server, anew after each crash. */
  async start(): Promise<ChildProcess> {
    const options = this.folder === undefined ? {} : { cwd: this.folder };
    const child = spawn(this.server.path, ['server'], { ...options, windowsHide: true });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    // Writing to a server that has died fails; the client learns of its death by itself.
    child.stdin.on('error', () => undefined);
    return child;
  }

  /** Ends the server, by force if it does not end by itself. */
  async end(): Promise<void> {
    const child = this.child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) {
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      child.stdin?.end();
    });
  }
}
