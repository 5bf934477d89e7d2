// What happens between the editor and the server's messages.

import type { Middleware } from 'vscode-languageclient/node';
import { linkToPages } from './diagnostics';
import { COMMAND, SECTION } from './names';
import { serverSettings } from './settings';

export function middleware(showRule: (rule: unknown) => Promise<void>): Middleware {
  return {
    // The client library registers every command that the server names, this one
    // among them, and takes it away when the server ends. What the server answers
    // is a text to show, wherever the command came from: palette, menu or code action.
    executeCommand: (command, args, next) =>
      command === COMMAND.explainRule ? showRule(args[0]) : next(command, args),

    handleDiagnostics: (uri, diagnostics, next) => next(uri, linkToPages(diagnostics)),

    workspace: {
      configuration: async (params, token, next) => {
        const answers = await next(params, token);
        if (!Array.isArray(answers)) {
          return answers;
        }
        return params.items.map(({ section }, index) =>
          section === SECTION ? serverSettings() : (answers[index] as unknown),
        );
      },
    },
  };
}
