import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import '../../../contracts/script/build.mjs'
import type { Cost } from '../../bench/gas/measure'
import { startAnvil, type Anvil } from '../../bench/gas/startAnvil'
import { setUpBed } from '../../bench/gas/walletBed'
import { doWorks, workIds, type WorkId } from '../../bench/gas/works'

/** Written by `npm run bench:gas -- --update`. */
const snapshot: { precompile: { '6900': Record<WorkId, Cost> } } = JSON.parse(
  readFileSync(new URL('../../../contracts/gas.json', import.meta.url), 'utf8'),
)
/** Zero bytes in addresses and signatures cost less: what other contract addresses may change. */
const noise = 60

let anvil: Anvil
let now: Record<WorkId, Cost>

beforeAll(async () => {
  anvil = await startAnvil()
  now = await doWorks(await setUpBed(anvil.rpcUrl))
}, 60_000)

afterAll(() => anvil.stop())

test.each(workIds)('behavior: %s costs no more gas and calldata than the snapshot', (id) => {
  const then = snapshot.precompile['6900'][id]
  expect(now[id].gasUsed - then.gasUsed, 'gas more than contracts/gas.json').toBeLessThanOrEqual(noise)
  expect(now[id].calldataBytes, 'bytes').toBeLessThanOrEqual(then.calldataBytes)
})
