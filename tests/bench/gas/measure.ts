import { size, type Address, type Hex } from 'viem'
import { latchkey } from '@/lib/chains/deployments/latchkey'
import { rpc } from '../../../demo/stack/chain/rpc.mjs'
import { generous, handleOpsData, type Limits, type Plan } from './operation'
import { bundler, transact, type WalletBed } from './walletBed'

/** What a transaction costs. */
export type Cost = { readonly gasUsed: number; readonly calldataBytes: number }

/** One call of a transaction, as anvil's `callTracer` tells it. */
type Frame = { to?: Address; input: Hex; gasUsed: Hex; calls?: Frame[] }

const selectors = {
  validateUserOp: '0x19822f7c',
  validatePaymasterUserOp: '0x52b7512c',
  execute: '0xe9ae5c53',
}
const succeeded = '0x49628fd1471006c1482da88028e9ce4dbb080b815c9b0344d39e5a8e6ec1419f'

/**
 * Sends an operation, alone in its bundle, with gas limits that are just enough.
 *
 * @throws {Error} It was refused, or failed.
 */
export async function measureOperation(bed: WalletBed, plan: Plan): Promise<Cost> {
  const tight = await tightLimits(bed, plan)
  const data = await handleOpsData(bed, plan, tight)
  const { gasUsed, logs } = await transact(bed.rpcUrl, { to: latchkey.entryPoint, data })
  const event = logs.find(({ topics }) => topics[0] === succeeded)
  // nonce, success, actualGasCost, actualGasUsed
  if (event === undefined || BigInt(`0x${event.data.slice(66, 130)}`) !== 1n)
    throw new Error('The operation failed.')
  return { gasUsed, calldataBytes: size(data) }
}

/** Sends a plain transaction. */
export async function measureTransaction(bed: WalletBed, to: Address, data: Hex): Promise<Cost> {
  const { gasUsed } = await transact(bed.rpcUrl, { to, data })
  return { gasUsed, calldataBytes: size(data) }
}

/** EntryPoint's own share of the validation: the nonce in a fresh lane, the deposits. */
const entryPointShare = 50_000n
const paymasterShare = 20_000n

/** What each phase used, and a twentieth more: a call may pass on 63/64 of its gas. */
async function tightLimits(bed: WalletBed, plan: Plan): Promise<Limits> {
  const data = await handleOpsData(bed, plan, generous)
  const transaction = { from: bundler, to: latchkey.entryPoint, data, gas: '0xe4e1c0' }
  const root: Frame = await rpc(bed.rpcUrl, 'debug_traceCall', [
    transaction,
    'latest',
    { tracer: 'callTracer' },
  ])
  const frames = [...allFrames(root)]
  const used = (fits: (frame: Frame) => boolean) => BigInt(frames.find(fits)?.gasUsed ?? 0)
  const starts = (selector: string) => (frame: Frame) => frame.input.startsWith(selector)
  const creation = plan.deploys
    ? used(({ to }) => to?.toLowerCase() === plan.account.factory.toLowerCase())
    : 0n
  const limit = (gas: bigint) => (gas * 21n) / 20n + 5_000n
  return {
    verification: entryPointShare + limit(creation + used(starts(selectors.validateUserOp))),
    call: limit(
      used(
        ({ to, input }) =>
          to?.toLowerCase() === plan.account.address.toLowerCase() && input.startsWith(selectors.execute),
      ),
    ),
    paymaster: paymasterShare + limit(used(starts(selectors.validatePaymasterUserOp))),
  }
}

function* allFrames(frame: Frame): Generator<Frame> {
  yield frame
  for (const inner of frame.calls ?? []) yield* allFrames(inner)
}
