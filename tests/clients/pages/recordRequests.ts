type Provider = { request(args: { method: string; params?: unknown }): Promise<unknown> }
type Detail = { readonly info: { readonly rdns: string }; readonly provider: Provider }

/** A request that a library made, and how it ended. */
export type Recorded = { readonly method: string; readonly params?: unknown; code?: number | undefined }

/** Name of the wallet by EIP-6963. */
export const rdns = 'app.latchkey.wallet'

/**
 * Notes down what a library asks of the wallet. Must run before the library listens to EIP-6963 announcements: it hands on each
 * announcement with a provider that is the wallet's but for `request`.
 */
export function recordRequests(): readonly Recorded[] {
  const recorded: Recorded[] = []
  const known = new Map<Provider, Detail>()
  window.addEventListener('eip6963:announceProvider', (event) => {
    const { detail } = event as CustomEvent<Detail>
    if ([...known.values()].includes(detail) || detail.info.rdns !== rdns) return
    event.stopImmediatePropagation()
    const noted = known.get(detail.provider) ?? withRecord(detail)
    known.set(detail.provider, noted)
    window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: noted }))
  })

  function withRecord({ info, provider }: Detail): Detail {
    const request: Provider['request'] = async ({ method, params }) => {
      const entry: Recorded = params === undefined ? { method } : { method, params }
      recorded.push(entry)
      try {
        return await provider.request(params === undefined ? { method } : { method, params })
      } catch (error) {
        entry.code = (error as { code?: number }).code
        throw error
      }
    }
    return Object.freeze({ info, provider: Object.freeze({ ...provider, request }) })
  }
  return recorded
}
