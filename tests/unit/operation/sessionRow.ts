import type { SessionSpec } from '@/lib/policy/spec'
import type { SessionRow } from '@/lib/session/session'

/** Sends up to 10 wei in all to one address. */
const tenWei: SessionSpec = {
  signer: '0x00000000000000000000000000000000000000c1',
  expiresAt: 4_000_000_000,
  feeLimit: { limitType: 'Lifetime', limit: 10n ** 18n, period: 0 },
  paymaster: { mode: 'None' },
  transferPolicies: [
    {
      target: '0x00000000000000000000000000000000000000d1',
      maxValuePerUse: 10n,
      valueLimit: { limitType: 'Lifetime', limit: 10n, period: 0 },
      useLimit: { limitType: 'Unlimited', limit: 0n, period: 0 },
    },
  ],
  callPolicies: [],
}

/** An active session with everything that tests do not care about. */
export function sessionRow(change: Partial<SessionRow> = {}): SessionRow {
  return {
    id: `0x${'5e'.repeat(32)}`,
    origin: 'https://orchard.example',
    metadata: {},
    account: '0x00000000000000000000000000000000000000aa',
    chainId: 31_337,
    spec: tenWei,
    status: 'active',
    usage: {},
    createdAt: 1,
    operationId: null,
    ephemeral: false,
    functions: {},
    ...change,
  }
}
