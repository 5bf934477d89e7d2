// What the tests run on: found by `test/run` and handed over in the environment.

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set: start these tests with test/run`);
  }
  return value;
}

export const machine = {
  codeServer: variable('CODE_SERVER'),
  chromium: variable('CHROMIUM'),
  /** The packaged extension, with a server. */
  package: variable('PACKAGE'),
  /** The same server as a file. */
  server: variable('SERVER'),
  /** Where a failing test leaves a picture of what it saw. */
  failures: variable('FAILURES'),
  /** Where the picture of the documentation goes, if it is wanted. */
  pictures: process.env['PICTURES'] || undefined,
  /** The repository's root. */
  repository: variable('REPOSITORY'),
};
