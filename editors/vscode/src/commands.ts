// The commands that are there whether or not a server runs.

import * as vscode from 'vscode';
import { showMenu } from './menu';
import { COMMAND, PRODUCT } from './names';
import { showReferences } from './references';
import type { Session } from './session';
import { summary } from './status';

export function registerCommands(
  session: Session,
  log: vscode.OutputChannel,
  extensionVersion: string,
): vscode.Disposable[] {
  const handlers: Record<string, (...args: any[]) => unknown> = {
    [COMMAND.restartServer]: () => session.restart(),
    [COMMAND.showLog]: () => log.show(),
    [COMMAND.showMenu]: () => showMenu(session),
    [COMMAND.showReferences]: showReferences,
    [COMMAND.showVersion]: () => {
      const text = `${PRODUCT} ${extensionVersion}. ${summary(session.state)}`;
      void vscode.window.showInformationMessage(text);
    },
  };
  return Object.entries(handlers).map(([command, handler]) =>
    vscode.commands.registerCommand(command, handler),
  );
}
