// What the extension says about its server without being asked.

import * as vscode from 'vscode';
import { describe } from './binary/find';
import type { Server } from './binary/probe';
import { isOlder } from './binary/version';
import { COMMAND, PRODUCT, SECTION, SETTING } from './names';
import type { State } from './state';

const OPEN_SETTINGS = 'Open Settings';
const SHOW_LOG = 'Show Log';

/** Speaks up where a server cannot be run, or is older than the extension. */
export class Messages {
  private readonly said = new Set<string>();

  constructor(private readonly extensionVersion: string) {}

  about(state: State): void {
    if (state.kind === 'failed') {
      void this.offer(vscode.window.showErrorMessage, state.problem);
    } else if (state.kind === 'running') {
      this.aboutAge(state.server);
    }
  }

  private aboutAge(server: Server): void {
    if (!isOlder(server.version, this.extensionVersion)) {
      return;
    }
    const text =
      `contextcore-lsp ${server.version} is older than this extension, ${this.extensionVersion}: ` +
      `${describe(server)}. Some features may be missing.`;
    // A restart is no reason to say it again.
    if (!this.said.has(text)) {
      this.said.add(text);
      void this.offer(vscode.window.showWarningMessage, text);
    }
  }

  private async offer(show: typeof vscode.window.showErrorMessage, text: string): Promise<void> {
    const chosen = await show(`${PRODUCT}: ${text}`, OPEN_SETTINGS, SHOW_LOG);
    if (chosen === OPEN_SETTINGS) {
      await openServerSetting();
    } else if (chosen === SHOW_LOG) {
      await vscode.commands.executeCommand(COMMAND.showLog);
    }
  }
}

/** A setting of the machine stands, in a remote window, on a page of its own. */
async function openServerSetting(): Promise<void> {
  const page = vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings';
  await vscode.commands.executeCommand(`workbench.action.${page}`, {
    query: `@id:${SECTION}.${SETTING.serverPath}`,
  });
}
