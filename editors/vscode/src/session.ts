// The one server of this window: started, stopped and started again, one step at a time.

import os from 'node:os';
import * as vscode from 'vscode';
import {
  ExecuteCommandRequest,
  State as ClientState,
  type LanguageClient,
  type Middleware,
} from 'vscode-languageclient/node';
import { describe, findServer } from './binary/find';
import type { Server } from './binary/probe';
import { createClient } from './client';
import { COMMAND, EXPLAINS_RULES } from './names';
import { ServerProcess } from './process';
import { isEnabled, serverPath } from './settings';
import type { State } from './state';

export class Session implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<State>();
  readonly onDidChange = this.changed.event;

  private current: State = { kind: 'off' };
  private client: LanguageClient | undefined;
  private process: ServerProcess | undefined;
  /** The setting that the running server, or the last attempt, was found by. */
  private startedBy: string | undefined;
  /** Counts what was asked for, so that a start learns that it has been overtaken. */
  private wish = 0;
  private queue: Promise<void> = Promise.resolve();
  private queuedRestart: Promise<void> | undefined;

  constructor(
    private readonly extensionFolder: string,
    private readonly log: vscode.OutputChannel,
    private readonly middleware: Middleware,
  ) {}

  get state(): State {
    return this.current;
  }

  /** Whether a server runs that has pages of rules. */
  get explainsRules(): boolean {
    const capabilities = this.client?.initializeResult?.capabilities;
    const commands = capabilities?.executeCommandProvider?.commands ?? [];
    return this.current.kind === 'running' && commands.includes(COMMAND.explainRule);
  }

  /** Starts the server, or starts it again. Calls while one waits its turn are one. */
  restart(): Promise<void> {
    if (this.queuedRestart === undefined) {
      // A server that never answers must not hold up its successor.
      this.interrupt();
      this.queuedRestart = this.enqueue(async () => {
        this.queuedRestart = undefined;
        await this.stopNow();
        await this.startNow();
      });
    }
    return this.queuedRestart;
  }

  stop(): Promise<void> {
    this.interrupt();
    return this.enqueue(() => this.stopNow());
  }

  /** Starts, stops or restarts where settings or trust ask for it. */
  async follow(): Promise<void> {
    if (isEnabled() !== (this.current.kind !== 'off') || serverPath() !== this.startedBy) {
      await this.restart();
    }
  }

  /** The page of a rule, in Markdown. */
  async explain(rule: string): Promise<string> {
    if (this.client === undefined || this.current.kind !== 'running') {
      throw new Error('the server is not running');
    }
    const answer: unknown = await this.client.sendRequest(ExecuteCommandRequest.type, {
      command: COMMAND.explainRule,
      arguments: [rule],
    });
    if (typeof answer !== 'string') {
      throw new Error(`the server has no page for \`${rule}\``);
    }
    return answer;
  }

  async dispose(): Promise<void> {
    await this.stop();
    this.changed.dispose();
  }

  private enqueue(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step).catch((error: unknown) => {
      this.log.appendLine(String(error));
    });
    return this.queue;
  }

  private interrupt(): void {
    this.wish += 1;
    if (this.current.kind === 'starting') {
      void this.process?.end();
    }
  }

  private async startNow(): Promise<void> {
    const { wish } = this;
    this.startedBy = serverPath();
    if (!isEnabled()) {
      this.become({ kind: 'off' });
      return;
    }
    this.become({ kind: 'starting' });
    const folder = workspaceFolder();
    const search = await findServer({
      setting: this.startedBy,
      extensionFolder: this.extensionFolder,
      workspaceFolder: folder,
      trusted: vscode.workspace.isTrusted,
      home: os.homedir(),
      searchPath: process.env['PATH'] ?? '',
      platform: process.platform,
    });
    if (wish !== this.wish) {
      return;
    }
    if ('problem' in search) {
      this.fail(search.problem);
      return;
    }
    for (const place of search.passedOver) {
      this.log.appendLine(place);
    }
    const { server } = search;
    this.log.appendLine(`contextcore-lsp ${server.version}, ${describe(server)}`);
    await this.connect(server, folder);
  }

  private async connect(server: Server, folder: string | undefined): Promise<void> {
    const { wish } = this;
    const serverProcess = new ServerProcess(server, folder);
    const client = createClient(serverProcess, this.log, this.middleware, {
      isStopping: () => wish !== this.wish,
      gaveUp: (problem) => this.fail(problem),
    });
    this.process = serverProcess;
    this.client = client;
    client.onDidChangeState(({ newState }) => {
      // The library starts a crashed server again by itself.
      if (newState === ClientState.Running) {
        this.become({ kind: 'running', server });
      } else if (newState === ClientState.Starting && this.current.kind !== 'failed') {
        this.become({ kind: 'starting' });
      }
    });
    try {
      await client.start();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const reason = (await serverProcess.ending()) ?? message;
      if (wish === this.wish) {
        this.fail(`The server does not start: ${reason}.`);
      }
    }
  }

  private async stopNow(): Promise<void> {
    const { client, process: serverProcess } = this;
    this.client = undefined;
    this.process = undefined;
    await client?.stop().catch((error: unknown) => this.log.appendLine(String(error)));
    await serverProcess?.end();
    this.become({ kind: 'off' });
  }

  /** What fails is noticed in several ways; the first has its say. */
  private fail(problem: string): void {
    if (this.current.kind === 'failed') {
      return;
    }
    this.log.appendLine(problem);
    this.become({ kind: 'failed', problem });
  }

  private become(state: State): void {
    this.current = state;
    void vscode.commands.executeCommand('setContext', EXPLAINS_RULES, this.explainsRules);
    this.changed.fire(state);
  }
}

function workspaceFolder(): string | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0];
  return folder?.uri.scheme === 'file' ? folder.uri.fsPath : undefined;
}
