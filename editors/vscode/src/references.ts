// The places that a lens counts, shown where it stands.

import * as vscode from 'vscode';
import type {
  ClientCapabilities,
  FeatureState,
  Location,
  Position,
  StaticFeature,
} from 'vscode-languageclient/node';
import { COMMAND } from './names';

/** Tells the server that lenses can be clicked. */
export class ShownReferences implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    const experimental = (capabilities.experimental ?? {}) as Record<string, unknown>;
    experimental['commands'] = { commands: [COMMAND.showReferences] };
    capabilities.experimental = experimental;
  }

  initialize(): void {}

  getState(): FeatureState {
    return { kind: 'static' };
  }

  clear(): void {}
}

/** Shows places; they come as the protocol has them, and the editor's own command wants its own. */
export function showReferences(uri: string, at: Position, places: Location[]): Thenable<unknown> {
  const position = ({ line, character }: Position) => new vscode.Position(line, character);
  const locations = places.map(
    ({ uri, range }) =>
      new vscode.Location(
        vscode.Uri.parse(uri),
        new vscode.Range(position(range.start), position(range.end)),
      ),
  );
  return vscode.commands.executeCommand(
    'editor.action.showReferences',
    vscode.Uri.parse(uri),
    position(at),
    locations,
  );
}
