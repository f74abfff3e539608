import type { Address } from 'viem'
import type { DescribeContext } from '@/lib/describe/context'
import { shortAddress } from '@/lib/describe/shortAddress'

/** An address by the name that the user knows it by, else in its short form. */
export function nameOf(address: Address, { names }: Pick<DescribeContext, 'names'>): string {
  return names[address.toLowerCase()] ?? shortAddress(address)
}
