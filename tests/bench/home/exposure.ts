import { enforcedSpec, kindRules } from '@/lib/policy/kindRules'
import { totalExposure, type OpenSession } from '@/lib/policy/totalExposure'
import { benchSpec } from '../policy/benchSpec'

/** Prints `{"<sessions>": milliseconds}` as JSON: the median time in which the exposure of so many sessions is computed. */
const counts = [10, 100, 1000]
const rounds = 60
/** Policies of each session: more than dapps ask for. */
const policies = 5
const now = 1_800_000_000

process.stdout.write(JSON.stringify(Object.fromEntries(counts.map((count) => [count, measure(count)]))))

function measure(count: number): number {
  const samples: number[] = []
  const rows = Array.from({ length: count }, (_, index) => ({
    chainId: index % 7,
    spec: benchSpec(policies, `0x${'11'.repeat(20)}`),
    usage: { fee: { used: 1n, period: 0 }, '1.argument.1': { used: 5n, period: now / 86_400 } },
  }))
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    const open: OpenSession[] = rows.map((row) => ({
      ...row,
      spec: enforcedSpec(row.spec, kindRules.latchkey),
      now,
    }))
    if (totalExposure(open).sessions !== count) throw new Error('Every session must count.')
    samples.push(performance.now() - started)
  }
  // The first ones warm up.
  const warm = samples.slice(rounds / 3).sort((a, b) => a - b)
  return Math.round(100 * (warm[warm.length >> 1] ?? NaN)) / 100
}
