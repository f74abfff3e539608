import { messageOf } from '@/entrypoints/popup/messageOf'

/** In ms. */
const refreshEvery = 10_000

/** What is read, and for what. */
type PolledOptions<answer> = {
  /** What it is of; an answer for another is not shown. `null`: there is nothing to read. */
  place(): string | null
  /** Reads it. What it looks at before it waits is followed: a change reads again. */
  read(): Promise<answer>
}

/** An answer of the background that is read again every ten seconds while its component is there. Make it in a component. */
export class Polled<answer> {
  #place: () => string | null
  #held = $state.raw<{ readonly place: string | null; readonly answer: answer } | null>(null)
  #failure = $state<string | null>(null)

  constructor({ place, read }: PolledOptions<answer>) {
    this.#place = place
    $effect(() => {
      const of = place()
      if (of === null) return
      let current = true
      const ask = () =>
        read().then(
          (answer) => {
            if (!current) return
            this.#held = { place: of, answer }
            this.#failure = null
          },
          (error: unknown) => {
            if (current) this.#failure = messageOf(error)
          },
        )
      void ask()
      const timer = setInterval(() => void ask(), refreshEvery)
      return () => {
        current = false
        clearInterval(timer)
      }
    })
  }

  /** The last answer; `null` until there is one. */
  get answer(): answer | null {
    return this.#held?.place === this.#place() ? this.#held.answer : null
  }

  /** Why the last try gave none, in words. */
  get failure(): string | null {
    return this.#failure
  }
}
