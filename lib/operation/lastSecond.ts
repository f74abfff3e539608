import type { AccountCodec } from '@/lib/account/codecs/AccountCodec'
import { signatureLifetime } from '@/lib/operation/prepare'
import type { OperationRow } from '@/lib/operation/row'

/** The last second that the chains' 48-bit times know: no end. */
const never = 2 ** 48 - 1

/**
 * Until when an operation that is signed now can be included: five minutes where the signature covers a deadline. Where it does not,
 * as long as the session's rules let it, and an owner's for good; it is then only not waited for longer than those five minutes.
 *
 * @param now - Unix seconds, chain time.
 * @param validUntil - Last second that the session's rules allow; none for an owner's operation.
 */
export function lastSecond(
  { signsDeadline }: Pick<AccountCodec, 'signsDeadline'>,
  now: number,
  validUntil = never,
): Pick<OperationRow, 'deadline' | 'expectedBy'> {
  const soon = Math.min(now + signatureLifetime, validUntil)
  return signsDeadline ? { deadline: soon } : { deadline: validUntil, expectedBy: soon }
}
