// The item in the status bar: what the server does, and a menu behind it.

import * as vscode from 'vscode';
import { describe, ORIGINS } from './binary/find';
import { COMMAND, PRODUCT } from './names';
import type { State } from './state';

export class Status implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;

  constructor() {
    this.item = vscode.window.createStatusBarItem(
      'contextcore.status',
      vscode.StatusBarAlignment.Right,
      // Beside the language, which stands at 100.
      90,
    );
    this.item.name = PRODUCT;
    this.item.command = COMMAND.showMenu;
    this.item.show();
  }

  show(state: State): void {
    this.item.text = `${ICONS[state.kind]} ${PRODUCT}`;
    this.item.tooltip = summary(state);
    this.item.backgroundColor =
      state.kind === 'failed'
        ? new vscode.ThemeColor('statusBarItem.errorBackground')
        : undefined;
  }

  dispose(): void {
    this.item.dispose();
  }
}

/** The state in one sentence. */
export function summary(state: State): string {
  switch (state.kind) {
    case 'off':
      return 'The server is not running.';
    case 'starting':
      return 'The server is starting.';
    case 'running':
      return `contextcore-lsp ${state.server.version} is running: ${describe(state.server)}.`;
    case 'failed':
      return state.problem;
  }
}

/** The state as a heading. */
export function heading(state: State): string {
  return state.kind === 'running'
    ? `contextcore-lsp ${state.server.version}, ${ORIGINS[state.server.origin]}`
    : summary(state);
}

const ICONS: Record<State['kind'], string> = {
  off: '$(circle-slash)',
  starting: '$(loading~spin)',
  running: '$(check)',
  failed: '$(error)',
};
