import { svelte } from '@sveltejs/vite-plugin-svelte'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the demo dapp into `demo/dapp/dist`: `npx vite build demo/dapp`. */
export default defineConfig({
  root: here,
  base: './',
  plugins: [svelte({ configFile: false })],
  resolve: { alias: { '@': root } },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 800 },
})
