// The server's process.

import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Server } from './binary/probe';

/** How long a server may take to end after it was asked to. */
const PATIENCE_MS = 1000;

export class ServerProcess {
  private child: ChildProcessWithoutNullStreams | undefined;

  constructor(
    private readonly server: Server,
    private readonly folder: string | undefined,
  ) {}

  /** Starts the server, anew after each crash. */
  async start(): Promise<ChildProcessWithoutNullStreams> {
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

  /** How the server ended, if it does so about now. */
  async ending(): Promise<string | undefined> {
    const child = this.child;
    if (child === undefined || !(await ended(child))) {
      return undefined;
    }
    return child.signalCode === null
      ? `it ended with exit code ${child.exitCode}`
      : `it was ended by ${child.signalCode}`;
  }

  /** Ends the server, by force if it does not end by itself. */
  async end(): Promise<void> {
    const child = this.child;
    if (child === undefined) {
      return;
    }
    child.stdin.end();
    if (!(await ended(child))) {
      child.kill('SIGKILL');
    }
  }
}

/** Waits until a process has ended; gives up after a while, and answers false. */
function ended(child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve(true);
  }
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), PATIENCE_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
