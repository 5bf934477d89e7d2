// Finding the server's binary: the first candidate that runs.

import { SERVER } from '../names';
import { candidates, type Candidate, type Origin, type Surroundings } from './candidates';
import { probe, type Server } from './probe';

export type Search = { server: Server; passedOver: string[] } | { problem: string };

export async function findServer(surroundings: Surroundings): Promise<Search> {
  const places = candidates(surroundings);
  if ('refusal' in places) {
    return { problem: `The setting \`contextcore.server.path\` is not heeded: ${places.refusal}.` };
  }
  const passedOver: string[] = [];
  for (const candidate of places.candidates) {
    const result = await probe(candidate);
    if ('server' in result) {
      return { server: result.server, passedOver };
    }
    if ('problem' in result) {
      passedOver.push(`${describe(candidate)} cannot be run: ${result.problem}`);
    } else if (candidate.origin === 'setting') {
      passedOver.push(`${describe(candidate)} does not exist`);
    }
  }
  const found = passedOver.length > 0 ? `${passedOver.join('; ')}.` : '';
  const sought =
    places.candidates[0]?.origin === 'setting'
      ? ''
      : `No ${SERVER} that runs came with the extension or is on PATH.`;
  return { problem: [sought, found].filter(Boolean).join(' ') };
}

/** A binary and where it came from, for messages. */
export function describe(candidate: Candidate): string {
  return `${candidate.path} (${ORIGINS[candidate.origin]})`;
}

/** Where a binary came from, in words. */
export const ORIGINS: Record<Origin, string> = {
  setting: 'from the setting contextcore.server.path',
  bundled: 'came with the extension',
  PATH: 'found on PATH',
};
