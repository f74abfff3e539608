import js from '@eslint/js'
import boundaries from 'eslint-plugin-boundaries'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import { allowed, rooms } from './eslint.rooms.js'

export default ts.config(
  {
    ignores: [
      '**/node_modules/',
      '.output/',
      '.wxt/',
      '**/dist/',
      'demo/out/',
      'contracts/out/',
      'contracts/cache/',
      'tests/out/',
      'tests/clients/docs/',
      '**/*.gen.ts',
      'tests/fixtures/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
    // TypeScript knows the globals of Svelte files; svelte-check covers what this rule would.
    rules: { 'no-undef': 'off', 'prefer-const': 'off', 'svelte/no-navigation-without-resolve': 'off' },
  },
  {
    files: ['lib/**/*', 'entrypoints/**/*'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': rooms,
      'boundaries/include': ['lib/**/*', 'entrypoints/**/*'],
      'import/resolver': { typescript: { project: './tsconfig.json' } },
    },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'boundaries/dependencies': ['error', { default: 'disallow', policies: allowed }],
    },
  },
  {
    // Playwright reads a fixture's dependencies from a destructuring pattern, also from an empty one.
    files: ['tests/e2e/**/*.ts'],
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
)
