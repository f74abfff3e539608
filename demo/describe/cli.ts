import { readFileSync } from 'node:fs'
import { describeFile } from './describeFile'
import { readArguments } from './readArguments'

// `npx latchkey describe <file.json>`: prints what the wallet would show. Exit code 1 with the reason when it cannot.
try {
  const { file, options } = readArguments(process.argv.slice(2))
  process.stdout.write(describeFile(readFileSync(file === '-' ? 0 : file, 'utf8'), options))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
