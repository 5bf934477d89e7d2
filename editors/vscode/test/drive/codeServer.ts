// VS Code served to a browser, in folders of its own that vanish with it.

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { machine } from './machine';

/** Quiet, and as quick as a test wants it. */
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.commandCenter.enabled': false,
  'editor.hover.delay': 100,
  'editor.minimap.enabled': false,
  'git.enabled': false,
  'files.autoSave': 'off',
};

export interface Options {
  /** Settings of the user beside those that every test has. */
  settings?: Record<string, unknown>;
  /** Whether the editor asks if a folder is trusted. */
  trust?: boolean;
  /** Whether the packaged extension is installed. */
  install?: boolean;
}

export class CodeServer {
  private constructor(
    readonly address: string,
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(options: Options = {}): Promise<CodeServer> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'contextcore-vscode-'));
    const settingsFolder = path.join(folder, 'data/User');
    mkdirSync(settingsFolder, { recursive: true });
    const settings = { ...SETTINGS, ...options.settings };
    writeFileSync(path.join(settingsFolder, 'settings.json'), JSON.stringify(settings));
    const folders = [
      ...['--config', path.join(folder, 'config.yaml')],
      ...['--user-data-dir', path.join(folder, 'data')],
      ...['--extensions-dir', path.join(folder, 'extensions')],
    ];
    writeFileSync(path.join(folder, 'config.yaml'), '');
    if (options.install ?? true) {
      const install = [...folders, '--install-extension', machine.package];
      execFileSync(machine.codeServer, install, { stdio: 'pipe' });
    }
    const address = `127.0.0.1:${await freePort()}`;
    const log = openSync(path.join(folder, 'log'), 'w');
    const child = spawn(
      machine.codeServer,
      [
        ...['--bind-addr', address, '--auth', 'none', '--disable-telemetry'],
        ...['--disable-update-check', '--disable-getting-started-override'],
        ...(options.trust ? [] : ['--disable-workspace-trust']),
        ...folders,
      ],
      // A group of its own, so that its children end with it.
      { stdio: ['ignore', log, log], detached: true },
    );
    const server = new CodeServer(address, folder, child);
    await server.ready();
    return server;
  }

  /** A copy of a fixture that a test may change. */
  project(fixture: string): string {
    const copy = path.join(this.folder, 'projects', fixture);
    cpSync(path.join(machine.repository, 'fixtures', fixture), copy, { recursive: true });
    return copy;
  }

  stop(): void {
    if (this.child.pid !== undefined && this.child.exitCode === null) {
      process.kill(-this.child.pid, 'SIGKILL');
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async ready(): Promise<void> {
    for (let tries = 0; tries < 300 && this.child.exitCode === null; tries += 1) {
      const answer = await fetch(`http://${this.address}/healthz`).catch(() => undefined);
      if (answer?.ok) {
        return;
      }
      await sleep(100);
    }
    const log = readFileSync(path.join(this.folder, 'log'), 'utf8');
    this.stop();
    throw new Error(`code-server does not start:\n${log}`);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
