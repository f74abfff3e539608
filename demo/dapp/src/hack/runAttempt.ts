import type { Config } from '@wagmi/core'
import type { Hex } from 'viem'
import { numberToHex } from 'viem'
import { sayRefusal } from '../session/sayRefusal'
import type { Stack } from '../stack/stack'
import { explain } from '../wallet/explain'
import { walletRequest } from '../wallet/walletRequest'
import type { Attempt, Scene } from './attempt'

/**
 * How a hostile request ended. `refused`: the wallet declined to sign, and named the rule if there is a session. `landed`:
 * executed, and the session allows it. `breach`: executed although the session does not allow it. `asked`: the wallet asked the
 * owner, who declined. `failed`: not executed, for a reason outside the session.
 */
export type Outcome = 'refused' | 'landed' | 'breach' | 'asked' | 'failed'

/** The end of a hostile request. */
export type AttemptResult = {
  readonly outcome: Outcome
  /** The session rule that failed, by its name in the contracts. */
  readonly rule: string | null
  /** Why, in words. */
  readonly message: string
}

/** How long a request that the wallet accepted may take to land, in milliseconds. */
const patience = 30_000

/**
 * Sends one hostile request and waits for its end. `sessionOnly` tells the wallet to sign by session or to refuse: without it, the
 * owner would be asked.
 */
export async function runAttempt(
  config: Config,
  stack: Stack,
  { account }: Scene,
  attempt: Attempt,
): Promise<AttemptResult> {
  try {
    const sent = await walletRequest(config, 'wallet_sendCalls', [
      {
        version: '2.0.0',
        chainId: numberToHex(stack.chainId),
        from: account,
        atomicRequired: true,
        calls: attempt.calls.map(({ to, value, data }) => ({
          to,
          ...(value === undefined ? {} : { value: numberToHex(value) }),
          ...(data === undefined ? {} : { data }),
        })),
        capabilities: { sessionOnly: { optional: false } },
      },
    ])
    const status = await settle(config, (sent as { id: Hex }).id)
    if (status !== 200)
      return { outcome: 'failed', rule: null, message: `It did not execute (status ${status}).` }
    return attempt.allowed
      ? { outcome: 'landed', rule: null, message: 'Executed: the session allows it.' }
      : { outcome: 'breach', rule: null, message: 'Executed, although the session does not allow it.' }
  } catch (error) {
    const { refusal, message, code } = explain(error)
    const rule = refusal?.rule ?? null
    if (code === 4001) return { outcome: 'asked', rule, message: 'The wallet asked the owner, who declined.' }
    if (refusal) return { outcome: 'refused', rule, message: sayRefusal(refusal, stack) ?? message }
    return { outcome: code === 4100 ? 'refused' : 'failed', rule, message }
  }
}

async function settle(config: Config, id: Hex): Promise<number> {
  const deadline = Date.now() + patience
  for (;;) {
    const { status } = (await walletRequest(config, 'wallet_getCallsStatus', [id])) as { status: number }
    if (status >= 200 || Date.now() > deadline) return status
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
}
