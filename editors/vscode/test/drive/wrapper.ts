// Programs that stand in for the server, to see whether and how it is run.

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { machine } from './machine';

export interface Wrapper {
  path: string;
  /** The process ids of the servers that were started through it, in order. */
  starts(): number[];
}

export interface Differences {
  /** The version it claims to have. */
  version?: string;
  /** The shell command that stands for the server. */
  serve?: string;
}

/** A program at `file` that notes each start of a server, and else is the real one. */
export function wrap(file: string, differences: Differences = {}): Wrapper {
  const log = `${file}.log`;
  const real = `exec '${machine.server}' "$@"`;
  const { version, serve = real } = differences;
  const answer = version === undefined ? real : `echo contextcore-lsp ${version}`;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(
    file,
    [
      '#!/bin/sh',
      'case $1 in',
      `server) echo $$ >>'${log}'; ${serve} ;;`,
      `--version) ${answer} ;;`,
      `*) ${real} ;;`,
      'esac',
      '',
    ].join('\n'),
  );
  chmodSync(file, 0o755);
  return {
    path: file,
    starts: () =>
      existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').map(Number) : [],
  };
}
