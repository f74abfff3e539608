import type { ProviderEventName, RpcError } from '@/lib/messaging/page'

/** What the page has been told, so that events tell changes only. */
export type ProviderState = {
  /** The background answers, and this is what the page's origin sees; a null chain where nothing is served. */
  up(chainId: string | null, accounts: readonly string[]): void
  /** The background cannot be reached. */
  down(error: RpcError): void
  /** An event of the background. */
  event(name: ProviderEventName, data: unknown): void
  /** An answer on its way to the page, which may tell its accounts. */
  answered(method: string, result: unknown): void
  /** Whether the page sees an account. */
  isConnected(): boolean
}

/**
 * Creates a {@link ProviderState}.
 *
 * @see https://eips.ethereum.org/EIPS/eip-1193#events
 */
export function createProviderState(emit: (event: ProviderEventName, data: unknown) => void): ProviderState {
  let reachable = false
  let chain: string | null = null
  let accounts: string | undefined

  function setChain(next: string) {
    const changed = chain !== null && chain !== next
    chain = next
    if (changed) emit('chainChanged', next)
  }

  function setAccounts(list: unknown) {
    const next = JSON.stringify(list)
    const changed = next !== (accounts ?? '[]')
    accounts = next
    if (changed) emit('accountsChanged', list)
  }

  function down(error: RpcError) {
    if (!reachable) return
    reachable = false
    emit('disconnect', error)
  }

  function reach(chainId: string) {
    if (!reachable) {
      reachable = true
      emit('connect', { chainId })
    }
    setChain(chainId)
  }

  return {
    up(chainId, list) {
      if (chainId === null) return
      reach(chainId)
      // What the page may ask for the first time is no change.
      if (accounts === undefined) accounts = JSON.stringify(list)
      else setAccounts(list)
    },
    down,
    event(name, data) {
      if (name === 'chainChanged') reach(data as string)
      else if (name === 'accountsChanged') setAccounts(data)
      else if (name === 'disconnect') down(data as RpcError)
      else if (name === 'connect') reach((data as { chainId: string }).chainId)
      else emit(name, data)
    },
    answered(method, result) {
      if (!Array.isArray(result)) return
      if (method === 'eth_accounts' || method === 'eth_requestAccounts') setAccounts(result)
    },
    isConnected: () => accounts !== undefined && accounts !== '[]',
  }
}
