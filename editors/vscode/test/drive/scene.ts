// A server, an editor and a project that the tests of one file share, in their order.

import path from 'node:path';
import { after, before, test } from 'node:test';
import { CodeServer, type Options } from './codeServer';
import { Editor } from './editor';
import { machine } from './machine';

export interface Scene {
  server: CodeServer;
  editor: Editor;
  /** The folder of the project that is open. */
  project: string;
}

/** Prepares a project before the editor opens it. */
type Prepare = (project: string) => void;

/** Opens a copy of a fixture, and gives the function that adds tests to it. */
export function scene(
  fixture: string,
  options: Options = {},
  prepare: Prepare = () => undefined,
): (name: string, run: (scene: Scene) => Promise<void>) => void {
  let current: Scene | undefined;

  before(async () => {
    const server = await CodeServer.start(options);
    const project = server.project(fixture);
    prepare(project);
    try {
      const editor = await Editor.open(`${server.address}/?folder=${project}`);
      current = { server, editor, project };
    } catch (error) {
      server.stop();
      throw error;
    }
  });

  after(async () => {
    await current?.editor.close();
    current?.server.stop();
  });

  return (name, run) => {
    test(name, async () => {
      if (current === undefined) {
        throw new Error('there is no editor');
      }
      try {
        await run(current);
      } catch (error) {
        const file = `${name.replace(/\W+/g, '-')}.png`;
        await current.editor.picture(path.join(machine.failures, file));
        console.log(await current.editor.status());
        throw error;
      }
    });
  };
}
