import { writeFileSync } from 'node:fs'
import { providerPage } from './providerPage'

/** Writes `docs/provider.md`. `npm run docs:provider`. */
const file = 'docs/provider.md'
writeFileSync(file, await providerPage())
console.log(`${file} is written.`)
