import type { AbiFunction } from 'viem'
import type { Call } from '@/lib/policy/call'

/** A call and its arguments. */
export type DecodedCall = {
  readonly call: Call
  readonly item: AbiFunction
  readonly args: readonly unknown[]
}

/**
 * The value at a path of a descriptor: `amount`, `params.tokenIn`, `path.[-1]`, `@.to`.
 *
 * @returns `undefined` when there is none, as with the last of an empty list.
 */
export function readPath({ call, item, args }: DecodedCall, path: string): unknown {
  const [head = '', ...rest] = path.split('.')
  if (head === '@') return rest[0] === 'value' ? call.value : call.to
  const index = item.inputs.findIndex(({ name }) => name === head)
  return rest.reduce<unknown>(step, args[index])
}

function step(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return (value as unknown[]).at(Number(name.slice(1, -1)))
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}
