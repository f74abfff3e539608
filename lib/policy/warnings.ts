import type { Address, Hex } from 'viem'
import { policiesOf } from '@/lib/policy/cells'
import { knownFunction, type KnownFunction } from '@/lib/policy/knownFunctions'
import type { CallPolicy, SessionSpec } from '@/lib/policy/spec'
import type { TimeSpan, WorstCase } from '@/lib/policy/worstCase'
import { worstOfTokens, worstOfValue } from '@/lib/policy/worstOfPolicy'

/** How much a warning matters: `danger` asks for a deliberate act before approval. */
export type Severity = 'caution' | 'danger'

/** Something about a session that no limit contains, or that outlives it. */
export type Warning =
  /** The call can carry any instruction; nothing bounds what it does. */
  | {
      readonly kind: 'OpenContents'
      readonly severity: Severity
      readonly target: Address
      readonly selector: Hex
      readonly name: string
    }
  /** Nothing bounds the native value that goes to `target`. */
  | { readonly kind: 'UnlimitedValue'; readonly severity: Severity; readonly target: Address }
  /** Nothing bounds how much of the token can go. */
  | {
      readonly kind: 'UnlimitedToken'
      readonly severity: Severity
      readonly token: Address
      readonly name: string
    }
  /** Tokens can go to anybody. */
  | { readonly kind: 'AnyRecipient'; readonly severity: Severity; readonly token: Address }
  /** The approval stays when the session ends. `spender` is `null` when it may be anybody, `amount` when nothing bounds it. */
  | {
      readonly kind: 'ApprovalOutlives'
      readonly severity: Severity
      readonly token: Address
      readonly spender: Address | null
      readonly amount: bigint | null
    }
  /** Collectibles of the contract can go. */
  | { readonly kind: 'Collectibles'; readonly severity: Severity; readonly target: Address }
  /** Any paymaster may be named, also one that takes tokens it was approved for. */
  | { readonly kind: 'AnyPaymaster'; readonly severity: Severity }

/** Everything about a session that its limits do not contain, dangers first. */
export function warnings(spec: SessionSpec, span: TimeSpan): Warning[] {
  const found: Warning[] = []
  for (const policy of policiesOf(spec)) {
    if (worstOfValue(policy, span).untilExpiry === null)
      found.push({ kind: 'UnlimitedValue', severity: 'danger', target: policy.target })
    const known = policy.kind === 'call' ? knownFunction(policy.selector) : null
    if (policy.kind === 'call' && known)
      found.push(...warningsOfFunction(policy, known, worstOfTokens(policy, span)))
  }
  if (spec.paymaster.mode === 'Any') found.push({ kind: 'AnyPaymaster', severity: 'caution' })
  return found.sort((a, b) => Number(b.severity === 'danger') - Number(a.severity === 'danger'))
}

function warningsOfFunction(policy: CallPolicy, known: KnownFunction, worst: WorstCase | null): Warning[] {
  const { target, selector } = policy
  const { name } = known
  if (known.kind === 'open') return [{ kind: 'OpenContents', severity: 'danger', target, selector, name }]
  if (known.kind === 'collectible') return [{ kind: 'Collectibles', severity: 'danger', target }]
  if (known.kind === 'approveAll') {
    const spender = fixedAddress(policy, known.spender)
    return [{ kind: 'ApprovalOutlives', severity: 'danger', token: target, spender, amount: null }]
  }
  const amount = worst?.untilExpiry ?? null
  if (amount === 0n) return []
  if (known.kind === 'approve') {
    const spender = fixedAddress(policy, known.spender)
    const severity = spender === null || amount === null ? 'danger' : 'caution'
    return [{ kind: 'ApprovalOutlives', severity, token: target, spender, amount }]
  }
  const found: Warning[] = []
  if (amount === null) found.push({ kind: 'UnlimitedToken', severity: 'danger', token: target, name })
  if (known.recipient !== undefined && fixedAddress(policy, known.recipient) === null)
    found.push({ kind: 'AnyRecipient', severity: 'caution', token: target })
  return found
}

/** The only address that a policy allows in a word; `null` when it may be another. */
function fixedAddress({ constraints }: CallPolicy, index: number): Address | null {
  const equal = constraints.find(
    (constraint) => constraint.index === index && constraint.condition === 'Equal',
  )
  return equal ? `0x${equal.refValue.slice(-40)}` : null
}
