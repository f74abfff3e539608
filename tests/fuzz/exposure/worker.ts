import { encodeFunctionData, numberToHex, parseAbi, type Address, type Hex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import { readFileSync } from 'node:fs'
import { exposure, type Exposure } from '@/lib/policy/exposure'
import { limitedCells } from '@/lib/policy/cells'
import type { SessionSpec } from '@/lib/policy/spec'
import type { Answers } from '../policy/Answers'
import { Random } from '../policy/Random'
import { deployFile, replay, tokenFile } from '../policy/replay'
import type { Script } from '../policy/Script'
import { account, codec, latchkey, newScript } from '../policy/world'
import { drainSpec, tokens } from './drainSpec'
import { Thief } from './Thief'

/**
 * Drains sessions `first` … `end` − 1 of a seed and compares what was lost on chain with the exposure that an approval shows:
 * `worker.ts <seed> <first> <end> [planted]`. Prints one JSON line.
 */
const [seed = 0, first = 0, end = 0] = process.argv.slice(2, 5).map(Number)
const isPlanted = process.argv[5] === 'planted'
const abi = parseAbi([
  'function lost() view returns (uint256)',
  'function balanceOf(address) view returns (uint256)',
])
const day = 86_400
const lanesOfSession = 10_000

type Drained = {
  readonly index: number
  readonly spec: SessionSpec
  readonly createdAt: number
  readonly moments: readonly number[]
  readonly operations: readonly number[]
}
type Loss = { readonly at: number; readonly native: bigint; readonly tokens: readonly bigint[] }

const { script, calls } = newScript(deployFile)
const code = (JSON.parse(readFileSync(tokenFile, 'utf8')) as { deployedBytecode: { object: Hex } })
  .deployedBytecode.object
for (const token of tokens) script.etch(token, code)
const drained: Drained[] = []
for (let index = first; index < end; index++) drained.push(await drain(index))
const answers = await replay(script, `exposure-${process.pid}`)
for (let call = 0; call < calls; call++)
  if (!answers.call().ok) throw new Error(`Deployment step ${call} failed.`)
const result = {
  sessions: drained.length,
  passed: 0,
  attempts: 0,
  landed: 0,
  figures: 0,
  reached: 0,
  broken: [] as string[],
}
for (const item of drained) judge(item)
process.stdout.write(`${JSON.stringify(result)}\n`)

async function drain(index: number): Promise<Drained> {
  const random = new Random(seed, index)
  const privateKey = numberToHex(BigInt(index + 1) << 200n, { size: 32 })
  const createdAt = 1_800_000_000 + random.below(10 * day)
  const spec = drainSpec(random, privateKeyToAddress(privateKey).toLowerCase() as Address, createdAt)
  script.time(createdAt)
  const create = codec.createSession(latchkey, spec)
  script.call(account, create.to, create.data, 100)
  measure(script)
  const attacker = new Thief(random, script, spec, privateKey, index * lanesOfSession)
  const moments = momentsOf(random, spec, createdAt)
  const operations: number[] = []
  for (const now of moments) {
    script.time(now)
    const before = attacker.attempts
    await attacker.drain(now)
    operations.push(attacker.attempts - before)
    measure(script)
  }
  return { index, spec, createdAt, moments, operations }
}

/** Both sides of the edges of periods and days, the first and the last second, and one too late. */
function momentsOf(random: Random, spec: SessionSpec, createdAt: number): number[] {
  const found = new Set([createdAt, spec.expiresAt, spec.expiresAt + 1])
  const lengths = limitedCells(spec).map(({ limit }) => limit.period)
  for (const period of new Set([...lengths, day]))
    for (
      let edge = period * Math.ceil(createdAt / period);
      period > 0 && edge <= spec.expiresAt && found.size < 40;
      edge += period
    )
      for (const now of random.once(3) ? [edge - 1, edge] : [edge]) found.add(now)
  return [...found].filter((now) => now >= createdAt).sort((a, b) => a - b)
}

function measure(to: Script): void {
  to.balance(account)
  const deposit = encodeFunctionData({ abi, functionName: 'balanceOf', args: [account] })
  to.call(account, latchkey.entryPoint, deposit, 32)
  for (const token of tokens) to.call(account, token, encodeFunctionData({ abi, functionName: 'lost' }), 32)
}

function readMeasure(from: Answers): { readonly owned: bigint; readonly lost: readonly bigint[] } {
  const owned = from.balance() + BigInt(from.call().data)
  return { owned, lost: tokens.map(() => BigInt(from.call().data)) }
}

function judge({ index, spec, createdAt, moments, operations }: Drained): void {
  if (!answers.call().ok) throw new Error(`Session ${index} was not created.`)
  let before = readMeasure(answers)
  const losses: Loss[] = []
  for (const [place, at] of moments.entries()) {
    for (let count = operations[place] ?? 0; count > 0; count--) {
      result.attempts++
      if (answers.call().ok) result.landed++
    }
    const after = readMeasure(answers)
    losses.push({
      at,
      native: before.owned - after.owned,
      tokens: after.lost.map((lost, token) => lost - (before.lost[token] ?? 0n)),
    })
    before = after
  }
  const shown = exposure(spec, isPlanted ? createdAt + shortest(spec) : createdAt)
  const broken = tokens
    .map((token, place) =>
      compare(
        token,
        shown.tokens.find((entry) => entry.token === token) ?? { untilExpiry: 0n, perDay: 0n },
        losses,
        (loss) => loss.tokens[place] ?? 0n,
      ),
    )
    .concat(compare('native', shown.native, losses, (loss) => loss.native))
    .filter((what) => what !== null)
  if (broken.length === 0) result.passed++
  else result.broken.push(`session ${index} of seed ${seed}: ${broken.join('; ')}`)
}

function compare(
  asset: string,
  figure: Exposure['native'],
  losses: readonly Loss[],
  of: (loss: Loss) => bigint,
): string | null {
  const total = losses.reduce((sum, loss) => sum + of(loss), 0n)
  const days = new Map<number, bigint>()
  for (const loss of losses) {
    const number = Math.floor(loss.at / day)
    days.set(number, (days.get(number) ?? 0n) + of(loss))
  }
  if (figure.untilExpiry !== null && figure.untilExpiry > 0n) {
    result.figures++
    if (total === figure.untilExpiry) result.reached++
  }
  if (figure.untilExpiry !== null && total > figure.untilExpiry)
    return `${asset} lost ${total}, shown ${figure.untilExpiry}`
  const worst = [...days.values()].reduce((most, sum) => (sum > most ? sum : most), 0n)
  return figure.perDay !== null && worst > figure.perDay
    ? `${asset} lost ${worst} in a day, shown ${figure.perDay}`
    : null
}

/** The planted mistake: a period less than the session touches. */
function shortest(spec: SessionSpec): number {
  const lengths = limitedCells(spec)
    .map(({ limit }) => limit.period)
    .filter((period) => period > 0)
  return lengths.length === 0 ? 0 : Math.min(...lengths)
}
