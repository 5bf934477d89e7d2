// Rules' pages: Markdown that the server gives, shown as a preview.

import * as vscode from 'vscode';
import { PRODUCT, RULE_SCHEME } from './names';
import { chooseRule } from './rules';

/** The documents `contextcore-rule:/NAME.md`. Pages link to each other, so any may be asked for. */
export class RulePages implements vscode.TextDocumentContentProvider {
  constructor(
    private readonly explain: (rule: string) => Promise<string>,
    private readonly extension: vscode.Extension<unknown>,
  ) {}

  provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return this.explain(uri.path.replace(/^\/|\.md$/g, ''));
  }

  /** Shows a rule's page; asks which, if none is named. */
  async show(named: unknown): Promise<void> {
    const rule = typeof named === 'string' ? named : await chooseRule(this.extension);
    if (rule === undefined) {
      return;
    }
    const uri = vscode.Uri.from({ scheme: RULE_SCHEME, path: `/${rule}.md` });
    try {
      // Asked for first: a preview hides why it has nothing to show.
      await this.explain(rule);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(`${PRODUCT}: ${reason}`);
      return;
    }
    try {
      await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
    } catch {
      // The editor's support of Markdown can be turned off.
      await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside });
    }
  }
}
