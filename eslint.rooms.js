/**
 * The rooms of the tree and who may import whom. Default: disallow; every room may import `errors` and itself. The map with the
 * reasons is in CONTRIBUTING.md.
 */
const table = {
  errors: [],
  policy: [],
  storage: [],
  messaging: ['policy'],
  chains: ['storage'],
  passkey: [],
  account: ['policy', 'chains', 'passkey', 'storage'],
  session: ['policy', 'storage', 'account'],
  bundler: ['chains', 'account'],
  operation: ['policy', 'chains', 'storage', 'account', 'session', 'bundler', 'activity', 'settings'],
  connection: ['storage'],
  settings: ['policy', 'storage'],
  activity: ['policy', 'storage'],
  assets: ['chains', 'storage'],
  describe: ['policy', 'chains', 'account'],
  approval: ['storage', 'messaging', 'connection', 'describe'],
  rpc: [
    'policy',
    'chains',
    'messaging',
    'storage',
    'account',
    'session',
    'bundler',
    'operation',
    'connection',
    'activity',
    'assets',
    'settings',
    'describe',
    'approval',
  ],
  provider: [],
  connector: [],
  ui: ['policy', 'describe', 'messaging'],
  popup: ['ui', 'messaging', 'passkey', 'describe', 'policy'],
  background: ['rpc', 'messaging'],
  content: ['messaging'],
  inpage: ['provider'],
}

const folders = {
  popup: 'entrypoints/popup',
  background: 'entrypoints/background',
  content: 'entrypoints/content',
  inpage: 'entrypoints/inpage*',
}

export const rooms = Object.keys(table).map((type) => ({ type, pattern: folders[type] ?? `lib/${type}` }))

export const allowed = Object.entries(table).map(([from, to]) => ({
  from: { element: { type: from } },
  allow: { to: { element: { type: [from, 'errors', ...to] } } },
}))
