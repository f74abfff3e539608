import type { TransferPolicy } from '@/lib/policy/spec'
import { readAddress } from '@/lib/session/preferences/readAddress'
import { readObject } from '@/lib/session/preferences/readObject'
import { readPolicyLimits } from '@/lib/session/preferences/readPolicyLimits'

/**
 * Reads one entry of `transfers` (`to`) or of the older `transferPolicies` (`target`).
 *
 * @param recipient - Name of the member with the recipient.
 * @throws {PreferencesError} A member is unknown or malformed.
 */
export function readTransfer(value: unknown, path: string, recipient: 'to' | 'target'): TransferPolicy {
  const members = readObject(value, path, [recipient, 'maxValuePerUse', 'valueLimit', 'useLimit'])
  return {
    target: readAddress(members[recipient], `${path}.${recipient}`),
    ...readPolicyLimits(members, path),
  }
}
