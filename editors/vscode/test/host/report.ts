// How the suite in the extension host tells the runner outside how its tests went.

/** Begins the lines that are meant for the runner. */
export const REPORT = 'contextcore-test-report';

export interface Report {
  name: string;
  failure?: string;
}
