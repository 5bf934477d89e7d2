// Asking a binary who it is.

import { execFile } from 'node:child_process';
import { access, chmod, constants } from 'node:fs/promises';
import { SERVER } from '../names';
import type { Candidate } from './candidates';
import { versionIn } from './version';

/** A binary that has said its version. */
export interface Server extends Candidate {
  version: string;
}

export type Probe = { server: Server } | { absent: true } | { problem: string };

/** Long enough for a cold disk; a server answers in milliseconds. */
const TIME_LIMIT_MS = 10_000;

export async function probe(candidate: Candidate): Promise<Probe> {
  try {
    await access(candidate.path, constants.F_OK);
  } catch {
    return { absent: true };
  }
  if (candidate.origin === 'bundled') {
    await makeExecutable(candidate.path);
  }
  try {
    const output = await run(candidate.path, ['--version']);
    const version = versionIn(output);
    return version === undefined
      ? { problem: `it is no ${SERVER}: \`--version\` answers ${JSON.stringify(firstLine(output))}` }
      : { server: { ...candidate, version } };
  } catch (error) {
    return { problem: error instanceof Error ? firstLine(error.message) : String(error) };
  }
}

/** Some ways to unpack an extension lose the permission to run its files. */
async function makeExecutable(file: string): Promise<void> {
  try {
    await access(file, constants.X_OK);
  } catch {
    // If this fails as well, running the file says why.
    await chmod(file, 0o755).catch(() => undefined);
  }
}

function run(file: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: TIME_LIMIT_MS, windowsHide: true };
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      if (error === null) {
        resolve(stdout);
      } else if (error.killed) {
        reject(new Error(`\`--version\` has no answer after ${TIME_LIMIT_MS / 1000} seconds`));
      } else {
        reject(new Error(stderr.trim() || error.message));
      }
    });
    child.stdin?.end();
  });
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}
