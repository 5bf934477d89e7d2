// Names that more than one file, or the server, must agree on.

/** The section of settings; also the client's id, from which `contextcore.trace.server` follows. */
export const SECTION = 'contextcore';

export const PRODUCT = 'ContextCore';

/** What the server's binary is called, and how its answer to `--version` begins. */
export const SERVER = 'contextcore-lsp';

export const SETTING = {
  enable: 'enable',
  serverPath: 'server.path',
} as const;

/** The settings that the server asks for; it takes them under the same names. */
export const SERVER_SETTINGS = [
  'rules',
  'select',
  'ignore',
  'config',
  'phaseHints',
  'defaultHints',
  'codeLenses',
] as const;

export const COMMAND = {
  restartServer: 'contextcore.restartServer',
  showLog: 'contextcore.showLog',
  showVersion: 'contextcore.showVersion',
  showMenu: 'contextcore.showMenu',
  /** The server's command: given a rule's name, it answers with the rule's page. */
  explainRule: 'contextcore.explainRule',
  /** What a click on the server's lenses does. */
  showReferences: 'contextcore.showReferences',
} as const;

/** Set while a server runs that can explain rules. */
export const EXPLAINS_RULES = 'contextcore.explainsRules';

/** The scheme of the read-only documents that hold rules' pages. */
export const RULE_SCHEME = 'contextcore-rule';
