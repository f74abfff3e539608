import { check } from '@/lib/policy/check'
import { kindRules } from '@/lib/policy/kindRules'
import { benchCall, benchSpec } from './benchSpec'

/** Prints `{"<policies>": microseconds}` as JSON: the median time of a verdict about a call that the last policy allows. */
const counts = [1, 5, 20, 100, 255, 1000]
const rounds = 400
const callsOfRound = 20
const banned = Array.from({ length: 5 }, (_, index) => `0x${'b'.repeat(39)}${index}` as const)

const medians = Object.fromEntries(counts.map((count) => [count, measure(count)]))
process.stdout.write(JSON.stringify(medians))

function measure(count: number): number {
  const spec = benchSpec(count, `0x${'11'.repeat(20)}`)
  const calls = [benchCall(count - 1)]
  const request = {
    spec,
    usage: {},
    calls,
    fee: { fee: 5n },
    timestamp: 1_800_000_000,
    banned,
    rules: kindRules.latchkey,
  }
  const samples: number[] = []
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    for (let call = 0; call < callsOfRound; call++)
      if (!check(request).ok) throw new Error('The call must be allowed.')
    samples.push((1000 * (performance.now() - started)) / callsOfRound)
  }
  // The first half warms up.
  const warm = samples.slice(rounds / 2).sort((a, b) => a - b)
  return Math.round(10 * (warm[warm.length >> 1] ?? NaN)) / 10
}
