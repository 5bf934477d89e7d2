// What the server does, as the editor shows it.

import type { Server } from './binary/probe';

export type State =
  | { kind: 'off' }
  | { kind: 'starting' }
  | { kind: 'running'; server: Server }
  | { kind: 'failed'; problem: string };
