import { createEmitter, type Listener } from '@/lib/provider/emitter'
import { primordials } from '@/lib/provider/primordials'
import type { RelayChannel, RelayMessage } from '@/lib/provider/relayChannel'
import { invalidParams, toProviderRpcError, type ProviderRpcError } from '@/lib/provider/toProviderRpcError'

/** Arguments of {@link Provider.request}. */
export type RequestArguments = { readonly method: string; readonly params?: unknown }

/** An EIP-1193 provider. Its methods work detached from it. */
export type Provider = {
  readonly isLatchkey: true
  /**
   * Sends a request to the wallet.
   *
   * @throws {ProviderRpcError} Codes of EIP-1193, EIP-1474 and EIP-5792.
   */
  request(args: RequestArguments): Promise<unknown>
  on(event: string, listener: Listener): Provider
  removeListener(event: string, listener: Listener): Provider
  /** EIP-1102: `eth_requestAccounts`. */
  enable(): Promise<unknown>
}

/** How long a request waits for a relay that is not there, in ms. */
const relayPatience = 3000
/** As the relay has them, in `entrypoints/content/readRequest.ts`. */
const longestMethod = 200
const longestParams = 1_000_000

type Pending = { resolve(result: unknown): void; reject(error: ProviderRpcError): void }

/**
 * Creates the provider that a page sees: frozen, and independent of prototypes that the page changes.
 *
 * @see https://eips.ethereum.org/EIPS/eip-1193
 */
export function createProvider(relay: RelayChannel): Provider {
  const { Promise, freeze, mapDelete, mapGet, mapOf, mapSet, setTimeout, stringify } = primordials
  const emitter = createEmitter()
  const pending = mapOf<Pending>()
  let lastId = 0

  relay.onMessage((message) => {
    if (isEvent(message)) {
      const { event, data } = message
      emitter.emit(event, event === 'disconnect' ? toProviderRpcError(data as ProviderRpcError) : data)
      return
    }
    const request = take(message.id)
    if (isError(message)) request?.reject(toProviderRpcError(message.error))
    else request?.resolve(message.result)
  })

  function take(id: number) {
    const request = mapGet(pending, id)
    mapDelete(pending, id)
    return request
  }

  function send(args: RequestArguments, settle: Pending) {
    if (typeof args !== 'object' || args === null)
      throw invalidParams('request() takes an object {method, params}.')
    const { method, params } = args
    if (typeof method !== 'string' || method === '' || method.length > longestMethod)
      throw invalidParams('`method` must be a method name.')
    const text = textOf(params)
    const id = ++lastId
    mapSet(pending, id, settle)
    relay.post({ id, method, params: text })
    if (!relay.attached()) setTimeout(() => giveUp(id), relayPatience)
  }

  function textOf(params: unknown): string | undefined {
    if (params === undefined || params === null) return undefined
    if (typeof params !== 'object') throw invalidParams('`params` must be an array or an object.')
    let text: string | undefined
    try {
      text = stringify(params)
    } catch (error) {
      throw invalidParams(`\`params\` must be JSON: ${reasonOf(error)}`)
    }
    // Checked again by the relay; here it saves the way there.
    if (text !== undefined && text.length > longestParams)
      throw invalidParams('`params` are over 1 MB. Send less at a time.')
    return text
  }

  function giveUp(id: number) {
    if (relay.attached()) return
    take(id)?.reject(
      toProviderRpcError({ code: 4900, message: 'Latchkey does not reach this page. Reload it.' }),
    )
  }

  function request(args: RequestArguments): Promise<unknown> {
    return new Promise((resolve, reject) => send(args, { resolve, reject }))
  }

  const provider: Provider = freeze({
    isLatchkey: true,
    request,
    on(event: string, listener: Listener) {
      emitter.add(event, listener)
      relay.post({ subscribe: true })
      return provider
    },
    removeListener(event: string, listener: Listener) {
      emitter.remove(event, listener)
      return provider
    },
    enable: () => request({ method: 'eth_requestAccounts' }),
  })
  return provider
}

/** What a member's own code threw may be anything, and may throw again when it is looked at. */
function reasonOf(error: unknown): string {
  try {
    return `${(error as Error).message}`
  } catch {
    return 'it cannot be read.'
  }
}

// `in` would see what a page puts on Object.prototype.
function isEvent(message: RelayMessage): message is Extract<RelayMessage, { event: string }> {
  return primordials.hasOwn(message, 'event')
}

function isError(message: RelayMessage): message is Extract<RelayMessage, { error: unknown }> {
  return primordials.hasOwn(message, 'error')
}
