import { untrack } from 'svelte'
import type { ApprovalView } from '@/lib/messaging/views'

/** An approval that may vanish from the snapshot while its page is open: what is there now, and what was there last. */
export class Latest {
  #read: () => ApprovalView | undefined
  #seen = $state.raw<ApprovalView | undefined>(undefined)

  constructor(read: () => ApprovalView | undefined) {
    this.#read = read
    this.#seen = untrack(read)
    $effect.pre(() => {
      const current = read()
      if (current !== undefined) this.#seen = current
    })
  }

  get current(): ApprovalView | undefined {
    return this.#read()
  }

  get last(): ApprovalView | undefined {
    return this.#read() ?? this.#seen
  }
}
