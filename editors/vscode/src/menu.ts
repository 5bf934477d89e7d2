// The menu behind the status item.

import * as vscode from 'vscode';
import { COMMAND, PRODUCT, SECTION } from './names';
import type { Session } from './session';
import { heading } from './status';

interface Entry extends vscode.QuickPickItem {
  command: string;
  arguments?: unknown[];
}

export async function showMenu(session: Session): Promise<void> {
  const entries: Entry[] = [
    { label: '$(refresh) Restart Server', command: COMMAND.restartServer },
    { label: '$(output) Show Log', command: COMMAND.showLog },
    { label: '$(info) Show Version', command: COMMAND.showVersion },
    ...(session.explainsRules
      ? [{ label: '$(book) Explain Rule', command: COMMAND.explainRule }]
      : []),
    {
      label: '$(gear) Open Settings',
      command: 'workbench.action.openSettings',
      arguments: [`${SECTION}.`],
    },
  ];
  const chosen = await vscode.window.showQuickPick(entries, {
    title: PRODUCT,
    placeHolder: heading(session.state),
  });
  if (chosen !== undefined) {
    await vscode.commands.executeCommand(chosen.command, ...(chosen.arguments ?? []));
  }
}
