// A process with a lab of its own: answers each mutant it is sent with a verdict.
import { setPriority } from 'node:os'
import { openLab } from './mutantLab.mjs'

const [root, folder, fuzzRuns] = process.argv.slice(2)

process.on('disconnect', () => process.exit())
// Also of the tests it starts.
setPriority(15)
const lab = openLab(root, folder, { fuzzRuns: Number(fuzzRuns) })
process.on('message', async ({ path, text, survived }) => {
  process.send({ verdict: survived ? lab.compare(path, text) : await lab.judge(path, text) })
})
process.send({ ready: true })
