import type { AccountKind } from '@/lib/account/account'
import type { AccountCodec } from '@/lib/account/codecs/AccountCodec'
import { latchkeyCodec } from '@/lib/account/codecs/latchkey/latchkeyCodec'
import { zksyncSsoCodec } from '@/lib/account/codecs/zksyncSso/zksyncSsoCodec'

const codecs = { latchkey: latchkeyCodec, 'zksync-sso': zksyncSsoCodec } as const satisfies Record<
  AccountKind,
  AccountCodec
>

/** The codec of an account kind. */
export function codecFor<kind extends AccountKind>(
  kind: kind,
): AccountKind extends kind ? AccountCodec : (typeof codecs)[kind] {
  return codecs[kind] as AccountKind extends kind ? AccountCodec : (typeof codecs)[kind]
}
