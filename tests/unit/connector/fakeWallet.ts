import { vi } from 'vitest'
import { rdns, type Eip1193Provider } from '@/lib/connector/findProvider'

/** What a wallet answers to a method; a thrown value is its error. */
export type Answers = { [method: string]: (params: unknown) => unknown }

/** A wallet that is announced to the page, with the requests it got. Another `page` than a fresh one: it is there already. */
export function installFakeWallet(answers: Answers, name = rdns, page = new EventTarget()) {
  const requests: { method: string; params?: unknown }[] = []
  const listeners = new Map<string, Set<(data: never) => void>>()
  const provider: Eip1193Provider = {
    async request(args) {
      requests.push(args)
      const answer = answers[args.method]
      if (answer === undefined) throw rpcError(4200, args.method)
      return answer(args.params)
    },
    on: (event, listener) => listeners.set(event, (listeners.get(event) ?? new Set()).add(listener)),
    removeListener: (event, listener) => listeners.get(event)?.delete(listener),
  }
  const announce = () => {
    const detail = { info: { rdns: name }, provider }
    page.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }))
  }
  page.addEventListener('eip6963:requestProvider', announce)
  announce()
  vi.stubGlobal('window', page)
  const emit = (event: string, data: unknown) =>
    listeners.get(event)?.forEach((listener) => listener(data as never))
  return { provider, requests, emit, listeners: (event: string) => listeners.get(event)?.size ?? 0 }
}

/** An error as a wallet throws it. */
export function rpcError(code: number, message = 'refused'): Error {
  return Object.assign(new Error(message), { code })
}
