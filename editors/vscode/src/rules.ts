// The rules that a person may ask about.

import * as vscode from 'vscode';
import { rulesAtCursor } from './diagnostics';

/** A rule's name and what it reports, as the setting `contextcore.rules` lists them. */
type Rules = Record<string, { description?: string }>;

/** Lets somebody choose a rule; those of the line at the cursor come first. */
export async function chooseRule(extension: vscode.Extension<unknown>): Promise<string | undefined> {
  const rules = allRules(extension);
  const here = rulesAtCursor(vscode.window.activeTextEditor);
  const elsewhere = Object.keys(rules).filter((rule) => !here.includes(rule));
  const item = (rule: string): vscode.QuickPickItem => ({
    label: rule,
    description: rules[rule]?.description ?? '',
  });
  const separator = (label: string): vscode.QuickPickItem => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  const items = [
    ...(here.length > 0 ? [separator('on this line'), ...here.map(item)] : []),
    separator('all rules'),
    ...elsewhere.map(item),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Explain Rule',
    placeHolder: 'A rule, or what it reports',
    matchOnDescription: true,
  });
  return chosen?.label;
}

function allRules(extension: vscode.Extension<unknown>): Rules {
  const manifest = extension.packageJSON as {
    contributes: { configuration: { properties: Record<string, { properties?: Rules }> } };
  };
  return manifest.contributes.configuration.properties['contextcore.rules']?.properties ?? {};
}
