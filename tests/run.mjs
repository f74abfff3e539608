import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { tellingLines, runCommand } from '../demo/setup/runCommand.mjs'
import { setup } from '../demo/setup.mjs'

/**
 * `npm test`: brings a bare clone to where tests can run, then runs all of them. A failing step does not keep the others from
 * reporting, except those that need what it builds.
 */
const out = fileURLToPath(new URL('out', import.meta.url))
const vitestReport = `${out}/vitest.json`
const playwrightReport = `${out}/playwright.json`
const node = process.execPath
const bin = (path) => `node_modules/${path}`
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130))

/** `count` reads passed and failed from what the step left; without it the step is one check. `needs` names steps before it. */
const steps = [
  {
    name: 'format',
    command: [node, bin('prettier/bin/prettier.cjs'), '--check', '.', '--log-level', 'warn'],
  },
  { name: 'lint', command: [node, bin('eslint/bin/eslint.js'), '.'] },
  { name: 'types', command: ['npm', 'run', '--silent', 'types'] },
  { name: 'knip', command: [node, bin('knip/bin/knip.js')] },
  { name: 'client pages', command: [node, 'tests/clients/build.mjs'] },
  { name: 'contracts', command: [node, 'contracts/script/build.mjs'] },
  {
    name: 'unit tests',
    command: [
      ...[node, bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json'],
      `--outputFile.json=${vitestReport}`,
    ],
    count: () => countVitest(),
  },
  { name: 'contract tests', command: [node, 'contracts/script/test.mjs'], count: countClosingLine },
  {
    name: 'policy differential',
    command: [node, 'tests/fuzz/policy.mjs', '--sequences', '20000'],
    count: countClosingLine,
    needs: ['contracts'],
  },
  {
    name: 'exposure drained',
    command: [node, 'tests/fuzz/exposure.mjs', '--sessions', '40'],
    count: countClosingLine,
    needs: ['contracts'],
  },
  { name: 'build', command: [node, bin('wxt/bin/wxt.mjs'), 'build'] },
  { name: 'demo dapp', command: [node, bin('vite/bin/vite.js'), 'build', 'demo/dapp', '--logLevel', 'warn'] },
  {
    name: 'dapp package',
    command: [node, 'tests/package/run.mjs'],
    count: countClosingLine,
    needs: ['contracts', 'build'],
  },
  {
    name: 'size budgets',
    command: [node, 'tests/bench/size.mjs', '--built'],
    count: countClosingLine,
    needs: ['build'],
  },
  {
    name: 'end-to-end tests',
    command: [node, bin('@playwright/test/cli.js'), 'test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
    count: () => countPlaywright(),
    needs: ['contracts', 'build', 'demo dapp', 'client pages'],
  },
]

const totals = { passed: 0, failed: 0 }
try {
  await setup({ for: 'tests' })
  mkdirSync(out, { recursive: true })
  for (const report of [vitestReport, playwrightReport]) rmSync(report, { force: true })
  await runSteps()
} catch (error) {
  console.error(error.message)
  totals.failed += 1
}
console.log(`${totals.passed} passed, ${totals.failed} failed`)
process.exitCode = totals.failed > 0 ? 1 : 0

async function runSteps() {
  const failedSteps = new Set()
  for (const { name, command, env, count, needs = [] } of steps) {
    const missing = needs.filter((need) => failedSteps.has(need))
    if (missing.length > 0) {
      report(name, undefined, { passed: 0, failed: 1 }, `  not run: ${missing.join(', ')} failed`)
      failedSteps.add(name)
      continue
    }
    const [file, ...args] = command
    const { code, output, ms } = await runCommand(file, args, { env: { NO_COLOR: '1', ...env } })
    const counted = count?.(output)
    const result = settle(code, counted)
    report(name, ms, result, code === 0 && result.failed === 0 ? '' : tellingLines(output))
    if (result.failed > 0) failedSteps.add(name)
  }
}

/**
 * A step that ended with an error counts at least one failure, also when its report shows none.
 *
 * @param {number} code
 * @param {{ passed: number, failed: number } | undefined} counted
 */
function settle(code, counted) {
  if (counted === undefined) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  return code === 0 ? counted : { ...counted, failed: Math.max(counted.failed, 1) }
}

function report(name, ms, { passed, failed }, details) {
  const seconds = ms === undefined ? '' : `${(ms / 1000).toFixed(1)} s`
  console.log(
    `${failed > 0 ? 'FAILED' : 'ok    '}  ${name.padEnd(20)}${seconds.padStart(9)}  ${passed} passed, ${failed} failed`,
  )
  if (details !== '') console.log(details)
  totals.passed += passed
  totals.failed += failed
}

function countVitest() {
  if (!existsSync(vitestReport)) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(vitestReport, 'utf8'))
  return { passed: numPassedTests, failed: numFailedTests }
}

function countPlaywright() {
  if (!existsSync(playwrightReport)) return { passed: 0, failed: 1 }
  const { expected, flaky, unexpected } = JSON.parse(readFileSync(playwrightReport, 'utf8')).stats
  return { passed: expected, failed: unexpected + flaky }
}

/** @param {string} output Ends with `N passed, N failed`. */
function countClosingLine(output) {
  const found = [...output.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1)
  return found === undefined
    ? { passed: 0, failed: 1 }
    : { passed: Number(found[1]), failed: Number(found[2]) }
}
