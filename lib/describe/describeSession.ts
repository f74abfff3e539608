import type { DescribeContext } from '@/lib/describe/context'
import { describeExposure, type ExposureText } from '@/lib/describe/describeExposure'
import { describePolicy } from '@/lib/describe/describePolicy'
import { describeWarning } from '@/lib/describe/describeWarning'
import { feeText } from '@/lib/describe/feeText'
import { formatMoment } from '@/lib/describe/formatTime'
import { policiesOf, type AnyPolicy } from '@/lib/policy/cells'
import { exposure, type Exposure } from '@/lib/policy/exposure'
import { enforcedSpec } from '@/lib/policy/kindRules'
import type { SessionSpec } from '@/lib/policy/spec'
import type { Severity, Warning } from '@/lib/policy/warnings'

/** What {@link describeSession} tells. */
export type SessionDescription = {
  /** Who may act, and until when. */
  readonly heading: string
  /** One per policy in canonical order, then the fees. `policy` is `null` for the fees. */
  readonly sentences: readonly { readonly text: string; readonly policy: AnyPolicy | null }[]
  /** The worst case, in words and figures. */
  readonly exposure: ExposureText & { readonly figures: Exposure }
  /** Dangers first. A danger should need a deliberate act before approval. */
  readonly warnings: readonly {
    readonly text: string
    readonly severity: Severity
    readonly warning: Warning
  }[]
}

/**
 * Says in sentences what a session may do, what it can lose at worst (by what the chain enforces of it), and what its limits do not contain.
 *
 * @param siteName - As the user knows the site: its host.
 */
export function describeSession({
  spec,
  siteName,
  ...context
}: DescribeContext & { readonly spec: SessionSpec; readonly siteName: string }): SessionDescription {
  const figures = exposure(enforcedSpec(spec, context.rules), context.now)
  const policies = policiesOf(spec).map((policy) => ({ text: describePolicy(policy, context), policy }))
  return {
    heading: `Let ${siteName} act for you until ${formatMoment(spec.expiresAt, context)}. Anything not listed here still asks you.`,
    sentences: [...policies, { text: feeText(spec, context), policy: null }],
    exposure: { ...describeExposure(figures, context), figures },
    warnings: figures.warnings.map((warning) => ({
      text: describeWarning(warning, context),
      severity: warning.severity,
      warning,
    })),
  }
}
