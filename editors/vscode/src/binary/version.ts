// Versions as `contextcore-lsp --version` prints them, and their order.

import { SERVER } from '../names';

/** The version in a line such as `contextcore-lsp 0.1.0`, if it is one. */
export function versionIn(output: string): string | undefined {
  const [name, version] = output.trim().split(/\s+/);
  return name === SERVER && version !== undefined && PATTERN.test(version) ? version : undefined;
}

/** Whether `version` comes before `other`, by the rules of semantic versioning. */
export function isOlder(version: string, other: string): boolean {
  return compare(parts(version), parts(other)) < 0;
}

const PATTERN = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

interface Parts {
  numbers: number[];
  /** Empty for a release. */
  preRelease: string[];
}

function parts(version: string): Parts {
  const match = PATTERN.exec(version);
  if (match === null) {
    throw new Error(`${version} is no version`);
  }
  return {
    numbers: match.slice(1, 4).map(Number),
    preRelease: match[4]?.split('.') ?? [],
  };
}

function compare(one: Parts, other: Parts): number {
  for (const [index, number] of one.numbers.entries()) {
    const difference = number - (other.numbers[index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  // A release comes after its pre-releases.
  if (one.preRelease.length === 0 || other.preRelease.length === 0) {
    return other.preRelease.length - one.preRelease.length;
  }
  for (const [index, identifier] of one.preRelease.entries()) {
    const difference = compareIdentifiers(identifier, other.preRelease[index]);
    if (difference !== 0) {
      return difference;
    }
  }
  return one.preRelease.length - other.preRelease.length;
}

function compareIdentifiers(one: string, other: string | undefined): number {
  if (other === undefined) {
    return 1;
  }
  const numeric = [one, other].map((identifier) => /^\d+$/.test(identifier));
  if (numeric[0] && numeric[1]) {
    return Number(one) - Number(other);
  }
  if (numeric[0] !== numeric[1]) {
    return numeric[0] ? -1 : 1;
  }
  return one === other ? 0 : one < other ? -1 : 1;
}
