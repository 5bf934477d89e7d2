// The language client: which documents the server sees, and what is done in between.

import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  type DocumentSelector,
  type LanguageClientOptions,
  type Middleware,
} from 'vscode-languageclient/node';
import type { ServerProcess } from './process';
import { PRODUCT, SECTION } from './names';
import { PushedDiagnostics } from './push';
import { ShownReferences } from './references';
import { serverSettings } from './settings';

// The server asks for payloads in JSON by itself: which files are some depends on its settings.
const DOCUMENTS: DocumentSelector = [
  ...['yaml', 'python'].flatMap((language) =>
    ['file', 'untitled'].map((scheme) => ({ scheme, language })),
  ),
  // By name, since an editor need not know the language TOML.
  { scheme: 'file', pattern: '**/{contextcore,pyproject}.toml' },
];

/** What a client's owner wants to know, and to decide. */
export interface Owner {
  /** Whether the server is to end, so that its end is no crash. */
  isStopping(): boolean;
  /** No server runs, and none will be started again. */
  gaveUp(problem: string): void;
}

export function createClient(
  process: ServerProcess,
  log: vscode.OutputChannel,
  middleware: Middleware,
  owner: Owner,
): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: DOCUMENTS,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: serverSettings(),
    diagnosticCollectionName: SECTION,
    middleware,
    // What goes wrong at the start, the owner says in its own words.
    initializationFailedHandler: () => false,
    errorHandler: {
      // A server that dies is often noticed by a failing write first. The library would stop for
      // good then; the end of its output comes next, and is what decides.
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: async () => {
        if (owner.isStopping()) {
          return { action: CloseAction.DoNotRestart, handled: true };
        }
        if (client.state !== State.Running) {
          // What ends before it has begun would end so each time.
          owner.gaveUp(`The server does not start: ${(await process.ending()) ?? 'it closed its output'}.`);
          return { action: CloseAction.DoNotRestart, handled: true };
        }
        const result = await usual.closed();
        if (result.action === CloseAction.DoNotRestart) {
          owner.gaveUp(result.message ?? 'The server has crashed.');
        }
        return { ...result, handled: true };
      },
    },
  };
  const client = new Client(SECTION, PRODUCT, () => process.start(), options);
  client.registerFeature(new PushedDiagnostics());
  client.registerFeature(new ShownReferences());
  const usual = client.createDefaultErrorHandler();
  return client;
}

class Client extends LanguageClient {
  /** The library stops what failed to start, and then complains that it has not started. */
  override stop(timeout?: number): Promise<void> {
    return this.isRunning() ? super.stop(timeout) : Promise.resolve();
  }
}
