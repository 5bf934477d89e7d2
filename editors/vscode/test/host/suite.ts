// Runs inside the editor's extension host, where `vscode` is the real thing.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Api } from '../../src/extension';
import type { State } from '../../src/state';
import { REPORT } from './report';

/** Programs that `extension-host.test.ts` has put beside the project. */
const tools = path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', '../tools');
const noted = path.join(tools, 'noted');
const silent = path.join(tools, 'silent');
const old = path.join(tools, 'old');
const dying = path.join(tools, 'dying');

let api: Api;

const tests: [name: string, run: () => Promise<void>][] = [
  ['without settings, the server that came with the extension runs', async () => {
    const state = await running();
    assert.equal(state.server.origin, 'bundled');
  }],

  ['the editor shows what the command line reports, for open files and others', async () => {
    const { server } = await running();
    await open('contracts/artisan.contract.yaml');
    const expected = reported(server.path);
    assert.ok(expected.length > 10);
    await until('the findings of `--check`', () => same(shown(), expected));
  }],

  ['a contract without a file is checked too', async () => {
    const content = 'schema_version: "1"\npipeline_id: fresh\nphases:\n  plan:\n    entyr: {}\n';
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    assert.equal(document.uri.scheme, 'untitled');
    const editor = await vscode.window.showTextDocument(document);
    await until('a finding', () => vscode.languages.getDiagnostics(document.uri).some(isUnknownKey));
    const mistake = new vscode.Range(4, 4, 4, 9);
    assert.equal(document.getText(mistake), 'entyr');
    await editor.edit((edit) => edit.replace(mistake, 'entry'));
    await until(
      'no such finding',
      () => !vscode.languages.getDiagnostics(document.uri).some(isUnknownKey),
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }],

  ['payloads are asked about, those that settings choose as soon as they do', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const named = vscode.Uri.joinPath(folder, 'one.handoff.json');
    const chosen = vscode.Uri.joinPath(folder, 'sent/one.json');
    const settings = vscode.Uri.joinPath(folder, 'contextcore.toml');
    const before = await vscode.workspace.fs.readFile(settings);
    for (const payload of [named, chosen]) {
      await vscode.workspace.fs.writeFile(payload, Buffer.from('{"priority": "hgh"}\n'));
      await vscode.window.showTextDocument(payload, { preview: false });
    }
    const count = async (payload: vscode.Uri) => (await stories(payload)).length;
    try {
      await untilAsync('a story', async () => (await count(named)) === 1);
      assert.equal(await count(chosen), 0);
      const table = '\n[contracts.files]\n"sent/*.json" = "handoff"\n"*.json" = "handoff"\n';
      await vscode.workspace.fs.writeFile(settings, Buffer.concat([before, Buffer.from(table)]));
      await untilAsync('another story', async () => (await count(chosen)) === 1);
      assert.equal(await count(named), 1, 'it is told once');
      const isMistaken = () => vscode.languages.getDiagnostics(chosen).some(isInvalidValue);
      await until('a finding', isMistaken);
      // What was not saved counts: the server has the text.
      const editor = await vscode.window.showTextDocument(chosen);
      await editor.edit((edit) => edit.replace(new vscode.Range(0, 14, 0, 17), 'high'));
      await until('no such finding', () => !isMistaken());
    } finally {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await vscode.workspace.fs.writeFile(settings, before);
      await vscode.workspace.fs.delete(named);
      await vscode.workspace.fs.delete(chosen);
    }
  }],

  ['levels of rules in the settings reach a running server', async () => {
    await until('an unknown phase', () => shown().some(isUnknownPhase));
    await set('rules', { 'unknown-phase': 'off' });
    try {
      await until('no unknown phase', () => shown().length > 0 && !shown().some(isUnknownPhase));
    } finally {
      await set('rules', undefined);
    }
    await until('an unknown phase again', () => shown().some(isUnknownPhase));
  }],

  ['the page of a rule is shown as a preview', async () => {
    await vscode.commands.executeCommand('contextcore.explainRule', 'dangling-read');
    await until('a preview', () => tabs().some((tab) => /Preview dangling-read/.test(tab.label)));
    const uri = vscode.Uri.parse('contextcore-rule:/dangling-read.md');
    const page = await vscode.workspace.openTextDocument(uri);
    assert.match(page.getText(), /^# /);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }],

  ['the setting names the server, and naming another one starts that', async () => {
    await set('server.path', noted);
    await until('the noted server', () => originOf(api.state()) === 'setting');
    assert.equal(starts(noted).length, 1);
  }],

  ['the restart command ends the server and starts another', async () => {
    const [before] = starts(noted).slice(-1);
    await vscode.commands.executeCommand('contextcore.restartServer');
    await running();
    assert.equal(starts(noted).length, 2);
    assert.ok(before !== undefined && !lives(before), 'the server before is still there');
  }],

  ['several restarts at once end in one server', async () => {
    const restart = 'contextcore.restartServer';
    await Promise.all([1, 2, 3].map(() => vscode.commands.executeCommand(restart)));
    await running();
    assert.equal(starts(noted).filter(lives).length, 1);
  }],

  ['a server that crashes is started again, and knows the open files', async () => {
    await open('contracts/artisan.contract.yaml');
    const count = starts(noted).length;
    process.kill(starts(noted).at(-1) ?? 0, 'SIGKILL');
    await until('another start', () => starts(noted).length > count);
    const { server } = await running();
    await until('the findings again', () => same(shown(), reported(server.path)));
  }],

  ['a server that never answers does not hold up the next', async () => {
    await set('server.path', silent);
    await until('a silent server', () => starts(silent).some(lives));
    assert.equal(api.state().kind, 'starting');
    await set('server.path', noted);
    await until('the noted server', () => originOf(api.state()) === 'setting');
    assert.equal(starts(silent).filter(lives).length, 0, 'the silent server is still there');
  }],

  ['a server that dies at every start is given up', async () => {
    await set('server.path', dying);
    const state = await until('a failure', () => {
      const current = api.state();
      return current.kind === 'failed' ? current : undefined;
    });
    assert.match(state.problem, /does not start: it ended with exit code 3/);
    const count = starts(dying).length;
    await sleep(1000);
    assert.equal(starts(dying).length, count, 'it is started over and over');
  }],

  ['a server older than the extension runs all the same', async () => {
    await set('server.path', old);
    const state = await running();
    assert.equal(state.server.version, '0.0.1');
  }],

  ['a server that does not exist is a failure that says so, until the setting is mended', async () => {
    await set('server.path', path.join(tools, 'nowhere'));
    const state = await until('a failure', () => {
      const current = api.state();
      return current.kind === 'failed' ? current : undefined;
    });
    assert.match(state.problem, /nowhere.*does not exist/);
    await set('server.path', undefined);
    assert.equal((await running()).server.origin, 'bundled');
  }],

  ['disabled, no server runs, and its findings are gone', async () => {
    await until('findings', () => shown().length > 0);
    await set('enable', false);
    await until('no server', () => api.state().kind === 'off');
    await until('no findings', () => shown().length === 0);
    await set('enable', undefined);
    await running();
    await until('findings again', () => shown().length > 0);
  }],
];

export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension<Api>('contextcore.contextcore');
  assert.ok(extension);
  api = await extension.activate();
  for (const [name, test] of tests) {
    let failure: string | undefined;
    try {
      await test();
    } catch (error) {
      failure = `${error instanceof Error ? error.stack : String(error)}\n${await logged()}`;
    }
    console.log(REPORT, JSON.stringify({ name, failure }));
  }
}

type Running = Extract<State, { kind: 'running' }>;

function running(): Promise<Running> {
  return until('a running server', () => {
    const state = api.state();
    return state.kind === 'running' ? state : undefined;
  });
}

function originOf(state: State): string | undefined {
  return state.kind === 'running' ? state.server.origin : undefined;
}

/** Waits for a truthy answer. */
async function until<T>(what: string, ask: () => T | undefined | false): Promise<T> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = ask();
    if (answer) {
      return answer;
    }
    await sleep(50);
  }
  throw new Error(`${what}: not within 30 seconds; ${JSON.stringify(api.state())}`);
}

async function untilAsync(what: string, ask: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await ask()) {
      return;
    }
    await sleep(100);
  }
  throw new Error(`${what}: not within 20 seconds; ${JSON.stringify(api.state())}`);
}

/** What is told of the first key of a handoff. */
async function stories(payload: vscode.Uri): Promise<string[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    payload,
    new vscode.Position(0, 3),
  );
  const texts = hovers.flatMap(({ contents }) =>
    contents.map((content) => (typeof content === 'string' ? content : content.value)),
  );
  return texts.filter((text) => text.includes('How soon.'));
}

/** The extension's log, for whoever asks why a test failed. */
async function logged(): Promise<string> {
  await vscode.commands.executeCommand('contextcore.showLog');
  await sleep(500);
  const logs = vscode.workspace.textDocuments.filter(({ uri }) => /contextcore/i.test(uri.path));
  return logs.filter(({ uri }) => uri.scheme === 'output').map((log) => log.getText()).join('\n');
}

async function set(name: string, value: unknown): Promise<void> {
  const settings = vscode.workspace.getConfiguration('contextcore');
  await settings.update(name, value, vscode.ConfigurationTarget.Workspace);
}

async function open(file: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder);
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, file));
}

function tabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

/** The findings that the editor shows: level, rule and place of each. */
function shown(): string[] {
  const levels = ['error', 'warning', 'information', 'hint'];
  return vscode.languages
    .getDiagnostics()
    .flatMap(([uri, diagnostics]) =>
      diagnostics
        .filter(({ source }) => source === 'contextcore')
        .map(({ code, severity, range: { start } }) => {
          const rule = typeof code === 'object' ? code.value : code;
          const place = `${vscode.workspace.asRelativePath(uri)}:${start.line + 1}:${start.character + 1}`;
          return `${levels[severity]} ${rule} ${place}`;
        }),
    )
    .sort();
}

/** The same of the command line. */
function reported(server: string): string[] {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  let output: string;
  try {
    output = execFileSync(server, ['--check', '.', '--output-format', 'json'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    // Findings are an exit status of their own.
    output = (error as { stdout: string }).stdout;
  }
  const { findings } = JSON.parse(output) as {
    findings: {
      level: string;
      rule: string;
      path: string;
      range: { start: { line: number; column: number } };
    }[];
  };
  return findings
    .map(({ level, rule, path: file, range: { start } }) => {
      const relative = path.normalize(file);
      return `${level} ${rule} ${relative}:${start.line}:${start.column}`;
    })
    .sort();
}

function same(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}

function isUnknownPhase(finding: string): boolean {
  return finding.includes(' unknown-phase ');
}

function isUnknownKey({ code }: vscode.Diagnostic): boolean {
  return typeof code === 'object' && code.value === 'unknown-key';
}

function isInvalidValue({ code }: vscode.Diagnostic): boolean {
  return typeof code === 'object' && code.value === 'invalid-value';
}

/** The process ids of the servers started through this program. */
function starts(program: string): number[] {
  const log = `${program}.log`;
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').map(Number) : [];
}

function lives(pid: number): boolean {
  try {
    // A process that has ended and that nobody waited for is still listed.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
