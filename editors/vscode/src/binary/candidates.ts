// Where the server's binary may be, in the order in which the places are tried.

import path from 'node:path';
import { SERVER } from '../names';

export type Origin = 'setting' | 'bundled' | 'PATH';

export interface Candidate {
  path: string;
  origin: Origin;
}

/** What decides the order; given as values, so that it can be tested without an editor. */
export interface Surroundings {
  /** The setting `contextcore.server.path`, as far as it may be heeded. */
  setting: string | undefined;
  extensionFolder: string;
  workspaceFolder: string | undefined;
  trusted: boolean;
  home: string;
  /** The environment's `PATH`. */
  searchPath: string;
  platform: NodeJS.Platform;
}

export type Candidates = { candidates: Candidate[] } | { refusal: string };

export function candidates(surroundings: Surroundings): Candidates {
  const { extensionFolder, platform, searchPath } = surroundings;
  const setting = surroundings.setting?.trim();
  if (setting) {
    // Who names a binary wants that one: there is no falling back to another.
    return fromSetting(setting, surroundings);
  }
  const paths = platform === 'win32' ? path.win32 : path.posix;
  const file = platform === 'win32' ? `${SERVER}.exe` : SERVER;
  const folders = searchPath
    .split(paths.delimiter)
    // A relative entry would be looked up in the workspace, which may not be trusted.
    .filter((folder) => paths.isAbsolute(folder));
  return {
    candidates: [
      { path: paths.join(extensionFolder, 'server', file), origin: 'bundled' },
      ...folders.map((folder): Candidate => ({ path: paths.join(folder, file), origin: 'PATH' })),
    ],
  };
}

function fromSetting(setting: string, surroundings: Surroundings): Candidates {
  const { home, platform, trusted, workspaceFolder } = surroundings;
  const paths = platform === 'win32' ? path.win32 : path.posix;
  const atHome = setting.replace(/^~(?=[/\\]|$)/, () => home);
  const namesWorkspace = atHome.includes(WORKSPACE_FOLDER);
  if (!namesWorkspace && paths.isAbsolute(atHome)) {
    return { candidates: [{ path: paths.normalize(atHome), origin: 'setting' }] };
  }
  if (!trusted) {
    return { refusal: `\`${setting}\` lies in a workspace that is not trusted` };
  }
  if (workspaceFolder === undefined) {
    return { refusal: `\`${setting}\` is relative to a workspace, and no folder is open` };
  }
  const inWorkspace = atHome.replaceAll(WORKSPACE_FOLDER, () => workspaceFolder);
  return {
    candidates: [{ path: paths.resolve(workspaceFolder, inWorkspace), origin: 'setting' }],
  };
}

const WORKSPACE_FOLDER = '${workspaceFolder}';
