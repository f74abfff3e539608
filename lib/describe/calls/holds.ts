import type { Condition } from '@/lib/describe/calls/descriptor'
import { readPath, type DecodedCall } from '@/lib/describe/calls/readPath'
import type { DescribeContext } from '@/lib/describe/context'

/** Whether a descriptor's condition holds; one that is absent does. */
export function holds(
  condition: Condition | undefined,
  decoded: DecodedCall,
  { account, tokens }: DescribeContext,
): boolean {
  if (condition === undefined) return true
  const value = readPath(decoded, condition.path)
  if ('is' in condition) return value === condition.is
  if ('atLeast' in condition) return typeof value === 'bigint' && value >= condition.atLeast
  if (typeof value !== 'string') return false
  const isSame = (address: string) => address.toLowerCase() === value.toLowerCase()
  if ('other' in condition) return account !== undefined && !isSame(account)
  return !tokens.some(({ address }) => isSame(address))
}
