import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const { overrides } = JSON.parse(readFileSync(`${here}package.json`, 'utf8')) as {
  overrides: Record<string, string>
}
/** SDKs of other wallets that kits can load: left out of the install, as no test connects to those. */
const absent = Object.keys(overrides).filter((name) => overrides[name]?.startsWith('npm:client-only'))

/** Builds the pages into `tests/clients/dist`: `npx vite build --config tests/clients/vite.config.ts`. */
export default defineConfig({
  root: `${here}pages`,
  base: './',
  resolve: {
    alias: [
      ...absent.map((name) => ({
        find: new RegExp(`^${name}(/.*)?$`),
        replacement: `${here}pages/absent.ts`,
      })),
      { find: 'latchkey/connector', replacement: `${here}../../lib/connector/index.ts` },
      { find: 'latchkey/actions', replacement: `${here}../../lib/connector/actions.ts` },
      { find: 'latchkey/describe', replacement: `${here}../../demo/describe/index.ts` },
      { find: /^@\//, replacement: `${here}../../` },
    ],
  },
  build: {
    outDir: `${here}dist`,
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 10_000,
    rolldownOptions: {
      // Directives of React's server components, and comments of old bundlers: they mean nothing here.
      onwarn(warning, warn) {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warning.code !== 'INVALID_ANNOTATION') warn(warning)
      },
    },
  },
})
