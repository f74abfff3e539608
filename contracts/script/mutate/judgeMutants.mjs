// Judges mutants in several labs at once.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { buildLab, copyLab } from './mutantLab.mjs'

const WORKER = join(import.meta.dirname, 'labWorker.mjs')

/**
 * Judges mutants, as many at a time as there are labs, and then, if asked, compares the release code of those that
 * survive.
 *
 * @param {string} root Of the repository.
 * @param {string} folder Of the labs.
 * @param {Job[]} jobs
 * @param {{ labs: number, fuzzRuns: number }} options
 * @param {(job: Job, verdict: string) => void} onVerdict Called for each, in the order in which they end, and again for
 * a survivor that was compared: its job says so.
 * @throws {Error} A lab failed: the tests fail on unchanged code, or do not run.
 *
 * @typedef {object} Job
 * @property {string} path Of the source that changes.
 * @property {string} text Its text with the mutant in it.
 * @property {boolean} survived Whether the tests have let it through; then it is compared at once.
 * @property {boolean} compared Whether its release code is known to differ.
 */
export async function judgeMutants(root, folder, jobs, { labs, fuzzRuns, compares }, onVerdict) {
  const original = join(folder, 'lab')
  await buildLab(root, original, { fuzzRuns })
  const waiting = [...jobs]
  const work = Array.from({ length: Math.min(labs, jobs.length) }, async (_, at) => {
    const own = join(folder, `lab-${at + 1}`)
    copyLab(original, own)
    const worker = startWorker([root, own, `${fuzzRuns}`])
    await worker.next()
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const { verdict } = await worker.next(job)
      if (job.survived) job.compared = true
      onVerdict(job, verdict)
      // The others first: to compare takes longest.
      if (compares && verdict === 'survived' && !job.compared) waiting.push({ ...job, survived: true })
    }
    worker.stop()
  })
  await Promise.all(work)
}

function startWorker(args) {
  const child = fork(WORKER, args)
  let settle
  child.on('message', (message) => settle.resolve(message))
  child.on('exit', (code) => settle?.reject(new Error(`A lab ended with ${code}`)))
  return {
    /** Sends a job, if any, and waits for the next answer. */
    next(job) {
      return new Promise((resolve, reject) => {
        settle = { resolve, reject }
        if (job !== undefined) child.send({ path: job.path, text: job.text, survived: job.survived })
      })
    },
    stop() {
      settle = undefined
      child.disconnect()
    },
  }
}
