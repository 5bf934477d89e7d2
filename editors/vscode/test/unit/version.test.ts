import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOlder, versionIn } from '../../src/binary/version';

test('a version is read from what the server prints', () => {
  assert.equal(versionIn('contextcore-lsp 0.1.0\n'), '0.1.0');
  assert.equal(versionIn('contextcore-lsp 1.2.3-beta.1+build.5 (abc)'), '1.2.3-beta.1+build.5');
});

test('other programs have no version of ours', () => {
  for (const output of ['', 'rust-analyzer 1.0.0', 'contextcore-lsp', 'contextcore-lsp soon', '0.1.0']) {
    assert.equal(versionIn(output), undefined, output);
  }
});

test('versions are ordered as semantic versioning orders them', () => {
  const order = [
    '0.0.9',
    '0.1.0-alpha',
    '0.1.0-alpha.1',
    '0.1.0-alpha.beta',
    '0.1.0-beta.2',
    '0.1.0-beta.11',
    '0.1.0',
    '0.1.1',
    '0.2.0',
    '0.10.0',
    '1.0.0',
  ];
  for (const [index, version] of order.entries()) {
    for (const [otherIndex, other] of order.entries()) {
      assert.equal(isOlder(version, other), index < otherIndex, `${version} before ${other}`);
    }
  }
});

test('what a version was built from does not matter', () => {
  assert.equal(isOlder('0.1.0+one', '0.1.0+two'), false);
  assert.equal(isOlder('0.1.0+two', '0.1.0+one'), false);
});
