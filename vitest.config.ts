import { svelte } from '@sveltejs/vite-plugin-svelte'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = fileURLToPath(new URL('.', import.meta.url))

export default defineConfig({
  plugins: [svelte()],
  resolve: {
    alias: {
      '@': here,
      // The package, as the code of the documentation imports it.
      'latchkey/connector': `${here}lib/connector/index.ts`,
      'latchkey/actions': `${here}lib/connector/actions.ts`,
      'latchkey/describe': `${here}demo/describe/index.ts`,
    },
    conditions: ['browser'],
  },
  test: { include: ['tests/unit/**/*.test.ts'], environment: 'node' },
})
