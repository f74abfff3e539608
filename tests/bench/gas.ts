import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import '../../contracts/script/build.mjs'
import type { Cost } from './gas/measure'
import { peerNames, peers } from './gas/peers'
import { precompiles, startAnvil, type Precompile } from './gas/startAnvil'
import { setUpBed } from './gas/walletBed'
import { doWorks, workIds, type WorkId } from './gas/works'

/**
 * Receipt gas and calldata bytes of the usual work on the release contracts: EntryPoint v0.8, `handleOps` sent by an EOA, one
 * operation a bundle, 1 ETH deposited, tight gas limits, for each price of P256VERIFY. Peers were measured at 6,900.
 *
 * `--json`: one JSON object as the last line. `--update`: writes the snapshot `contracts/gas.json`.
 */
type Figures = Record<WorkId, Cost>
const snapshotFile = fileURLToPath(new URL('../../contracts/gas.json', import.meta.url))
const flags = new Set(process.argv.slice(2))

const figures = {} as Record<Precompile, Figures>
for (const precompile of precompiles) figures[precompile] = await measureOn(precompile)
print(figures['6900'])
printAll()
if (flags.has('--update'))
  writeFileSync(snapshotFile, `${JSON.stringify({ precompile: figures }, null, 2)}\n`)
if (flags.has('--json')) console.log(JSON.stringify({ precompile: mapFigures(withoutUsedLane) }))

function mapFigures<T>(map: (figures: Figures) => T) {
  return Object.fromEntries(precompiles.map((precompile) => [precompile, map(figures[precompile])]))
}

/** The JSON's set of works is fixed; a first use in a used lane costs what a later use costs. */
function withoutUsedLane({ sessionErc20FirstUsedLane: _, ...rest }: Figures) {
  return rest
}

async function measureOn(precompile: Precompile): Promise<Figures> {
  const anvil = await startAnvil(precompile)
  try {
    return await doWorks(await setUpBed(anvil.rpcUrl))
  } finally {
    await anvil.stop()
  }
}

/** Ours beside the peers', and how many times as much they need. */
function print(ours: Figures): void {
  console.log('Receipt gas / calldata bytes, P256VERIFY 6,900. Peers: gas / bytes (times ours).\n')
  console.log(row(['work', 'latchkey', ...peerNames]))
  for (const id of workIds) {
    const { gasUsed, calldataBytes } = ours[id]
    const others = peerNames.map((name) => {
      const peer = peers[id]?.[name]
      if (!peer) return '–'
      const bytes = peer.calldataBytes === undefined ? '' : ` / ${number(peer.calldataBytes)}`
      return `${number(peer.gasUsed)}${bytes} (${(peer.gasUsed / gasUsed).toFixed(2)}×)`
    })
    console.log(row([id, `${number(gasUsed)} / ${number(calldataBytes)}`, ...others]))
  }
}

/** All prices of the precompile, and how far the snapshot is. */
function printAll(): void {
  const before = existsSync(snapshotFile)
    ? (JSON.parse(readFileSync(snapshotFile, 'utf8')) as {
        precompile: Partial<Record<Precompile, Partial<Figures>>>
      })
    : { precompile: {} }
  console.log(`\n${row(['work', ...precompiles.map((name) => `P256VERIFY ${name}`)])}`)
  for (const id of workIds) {
    const cells = precompiles.map((precompile) => {
      const now = figures[precompile][id].gasUsed
      const then = before.precompile[precompile]?.[id]?.gasUsed
      const change = then === undefined || then === now ? '' : ` (${now > then ? '+' : ''}${now - then})`
      return number(now) + change
    })
    console.log(row([id, ...cells]))
  }
}

function row([first = '', ...rest]: readonly string[]): string {
  return first.padEnd(28) + rest.map((cell) => cell.padEnd(26)).join('')
}

function number(value: number): string {
  return value.toLocaleString('en')
}
