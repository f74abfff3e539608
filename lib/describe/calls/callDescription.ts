/** Something that a call does and that the owner is warned of. */
export type CallWarning = { readonly severity: 'danger' | 'caution'; readonly text: string }

/** A call for people. */
export type CallDescription = {
  /** What it does, as far as it can be told. */
  readonly title: string
  /** Its details, one a line. */
  readonly lines: readonly string[]
  /** Who says what it does: a common standard, the site, or nobody. */
  readonly source: 'standard' | 'site' | 'unknown'
  readonly warnings: readonly CallWarning[]
  /** Calls that it carries, in order. */
  readonly inner: readonly CallDescription[]
}

/** What a call and all that it carries warn of. */
export function warningsOf({ warnings, inner }: CallDescription): readonly CallWarning[] {
  return [...warnings, ...inner.flatMap(warningsOf)]
}
