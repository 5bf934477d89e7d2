// Diagnostics lead to the pages of their rules.

import * as vscode from 'vscode';
import { COMMAND } from './names';

/** Makes each rule's name a link to its page. A link that the server gave stays. */
export function linkToPages(diagnostics: vscode.Diagnostic[]): vscode.Diagnostic[] {
  for (const diagnostic of diagnostics) {
    if (typeof diagnostic.code === 'string') {
      const rule = diagnostic.code;
      const query = encodeURIComponent(JSON.stringify([rule]));
      const target = vscode.Uri.parse(`command:${COMMAND.explainRule}?${query}`);
      diagnostic.code = { value: rule, target };
    }
  }
  return diagnostics;
}

/** The rules of the diagnostics on the line of the cursor, each once. */
export function rulesAtCursor(editor: vscode.TextEditor | undefined): string[] {
  if (editor === undefined) {
    return [];
  }
  const line = editor.selection.active.line;
  const rules = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter(({ range }) => range.start.line <= line && line <= range.end.line)
    .map(ruleOf)
    .filter((rule) => rule !== undefined);
  return [...new Set(rules)];
}

function ruleOf({ code, source }: vscode.Diagnostic): string | undefined {
  if (source !== SOURCE || typeof code === 'number') {
    return undefined;
  }
  return typeof code === 'object' ? String(code.value) : code;
}

const SOURCE = 'contextcore';
