import type { TypedData } from '@/lib/account/typedData/typedData'
import type { Order } from '@/lib/describe/orders/order'
import { readPermit } from '@/lib/describe/orders/readPermit'
import { readPermit2 } from '@/lib/describe/orders/readPermit2'
import { readSeaport } from '@/lib/describe/orders/readSeaport'

/** What typed data gives away, for the forms that are known; `null` for all other typed data, which may give away as much. */
export function readOrder(typedData: TypedData): Order | null {
  return readPermit(typedData) ?? readPermit2(typedData) ?? readSeaport(typedData)
}
