import { parseAbiItem, type AbiFunction, type Hex } from 'viem'
import { collectibleDescriptors } from '@/lib/describe/calls/collectibleDescriptors'
import type { Descriptor } from '@/lib/describe/calls/descriptor'
import { ownerDescriptors } from '@/lib/describe/calls/ownerDescriptors'
import { swapDescriptors } from '@/lib/describe/calls/swapDescriptors'
import { tokenDescriptors } from '@/lib/describe/calls/tokenDescriptors'
import { vaultDescriptors } from '@/lib/describe/calls/vaultDescriptors'

/** Every descriptor, by selector. A site’s own word for a function never takes the place of one. */
export const standardDescriptors: Readonly<Record<Hex, Descriptor>> = {
  ...tokenDescriptors,
  ...collectibleDescriptors,
  ...vaultDescriptors,
  ...swapDescriptors,
  ...ownerDescriptors,
}

/** A function of the common standards, and how its calls are told; `null` for any other. @param selector - In lower case. */
export function standardFunction(
  selector: Hex,
): { readonly item: AbiFunction; readonly descriptor: Descriptor } | null {
  const descriptor = standardDescriptors[selector]
  if (descriptor === undefined) return null
  const item: unknown = parseAbiItem(`function ${descriptor.signature}`)
  return { item: item as AbiFunction, descriptor }
}
