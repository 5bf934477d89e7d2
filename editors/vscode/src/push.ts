// Findings come unasked.
//
// The editor would ask for the findings of open documents, and every two seconds for those of all
// others, and keep two lists that can overlap. Sent by the server, there is one list: what an edit
// changes in other files shows at once, and an idle editor asks for nothing.

import type { ClientCapabilities, FeatureState, StaticFeature } from 'vscode-languageclient/node';

/** Takes back what the library says of asking; to be registered after all other features. */
export class PushedDiagnostics implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    delete capabilities.textDocument?.diagnostic;
    delete capabilities.workspace?.diagnostics;
  }

  initialize(): void {}

  getState(): FeatureState {
    return { kind: 'static' };
  }

  clear(): void {}
}
