import type { TypedData } from '@/lib/account/typedData/typedData'
import type { DescribeContext } from '@/lib/describe/context'
import { describeOrder, type OrderText } from '@/lib/describe/orders/describeOrder'
import { readOrder } from '@/lib/describe/orders/readOrder'

/** What typed data gives away, in sentences; `null` for forms that are not known. */
export function describeTypedData(typedData: TypedData, context: DescribeContext): OrderText | null {
  const order = readOrder(typedData)
  return order === null ? null : describeOrder(order, context)
}
