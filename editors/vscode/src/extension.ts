// The extension's beginning and end: what there is, and how it hangs together.

import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { RulePages } from './explain';
import { Messages } from './messages';
import { middleware } from './middleware';
import { PRODUCT, RULE_SCHEME, SECTION } from './names';
import { Session } from './session';
import type { State } from './state';
import { Status } from './status';

/** What the extension tells others, its tests among them. */
export interface Api {
  state(): State;
}

let session: Session | undefined;

export function activate(context: vscode.ExtensionContext): Api {
  const version = (context.extension.packageJSON as { version: string }).version;
  const log = vscode.window.createOutputChannel(PRODUCT);
  const status = new Status();
  const messages = new Messages(version);
  const pages: RulePages = new RulePages((rule) => own.explain(rule), context.extension);
  const own: Session = new Session(
    context.extensionPath,
    log,
    middleware((rule) => pages.show(rule)),
  );
  session = own;
  context.subscriptions.push(
    log,
    status,
    own.onDidChange((state) => {
      status.show(state);
      messages.about(state);
    }),
    ...registerCommands(own, log, version),
    vscode.workspace.registerTextDocumentContentProvider(RULE_SCHEME, pages),
    vscode.workspace.onDidGrantWorkspaceTrust(() => own.follow()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SECTION)) {
        void own.follow();
      }
    }),
  );
  // Not awaited: opening a file need not wait for the server.
  void own.restart();
  return { state: () => own.state };
}

export async function deactivate(): Promise<void> {
  await session?.dispose();
  session = undefined;
}
