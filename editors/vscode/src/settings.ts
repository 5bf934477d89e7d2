// The settings of `contextcore.*`, as the editor has them.

import * as vscode from 'vscode';
import { SECTION, SERVER_SETTINGS, SETTING } from './names';

export function isEnabled(): boolean {
  return vscode.workspace.getConfiguration(SECTION).get<boolean>(SETTING.enable, true);
}

/**
 * The binary that the settings name. While the workspace is not trusted, only
 * what the user said for all workspaces counts. The editor itself promises as
 * much for restricted settings; which program runs is worth asking twice.
 */
export function serverPath(): string | undefined {
  const settings = vscode.workspace.getConfiguration(SECTION);
  const path = vscode.workspace.isTrusted
    ? settings.get<string | null>(SETTING.serverPath)
    : settings.inspect<string | null>(SETTING.serverPath)?.globalValue;
  return path?.trim() || undefined;
}

/** What the server is told: what somebody set, and no more. */
export function serverSettings(): Record<string, unknown> {
  const settings = vscode.workspace.getConfiguration(SECTION);
  const told: Record<string, unknown> = {};
  for (const name of SERVER_SETTINGS) {
    const value = settings.get<unknown>(name);
    if (isSet(value)) {
      told[name] = value;
    }
  }
  return told;
}

function isSet(value: unknown): boolean {
  if (value === null || value === undefined) {
    return false;
  }
  // The defaults of lists and tables are empty, and say nothing.
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
