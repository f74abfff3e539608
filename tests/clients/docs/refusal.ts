type Refusal = { rule: string }

/** The session rule that stood in the way, wherever a library has wrapped the wallet's error. */
export function refusalOf(error: unknown): Refusal | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { data } = cause as Error & { data?: { refusal?: Refusal } }
    if (data?.refusal !== undefined) return data.refusal
  }
  return undefined
}
