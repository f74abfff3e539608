import type { TypedData, TypedDataStruct, TypedDataValue } from '@/lib/account/typedData/typedData'
import { visibleText } from '@/lib/describe/visibleText'

/** A line of typed data as a tree: a member with its value, or the head of what stands below it. */
export type TypedDataRow = {
  /** 0 for the message's own members. */
  readonly depth: number
  readonly label: string
  /** `null` for a head. Everything that is signed is in it, also what would not be seen. */
  readonly text: string | null
  /** An address or bytes, to be compared digit by digit. */
  readonly isCode: boolean
}

/** Every value of the message, in the order of its types. */
export function typedDataRows({ types, primaryType, message }: TypedData): TypedDataRow[] {
  return structRows(message, primaryType, types, 0)
}

const domainLabels: Readonly<Record<string, string>> = { chainId: 'chain', verifyingContract: 'contract' }

/** The domain's members, as rows. */
export function domainRows({ types, domain }: TypedData): TypedDataRow[] {
  const rows = structRows(domain, 'EIP712Domain', types, 0)
  return rows.map((row) => ({ ...row, label: domainLabels[row.label] ?? row.label }))
}

function structRows(
  struct: TypedDataStruct,
  type: string,
  types: TypedData['types'],
  depth: number,
): TypedDataRow[] {
  return (types[type] ?? []).flatMap((field) => {
    const value = struct[field.name]
    return value === undefined ? [] : rowsOf(field.name, value, field.type, types, depth)
  })
}

function rowsOf(
  label: string,
  value: TypedDataValue,
  type: string,
  types: TypedData['types'],
  depth: number,
): TypedDataRow[] {
  if (Array.isArray(value)) {
    const items = value as readonly TypedDataValue[]
    const element = type.replace(/\[\d*\]$/, '')
    const head = { depth, label, text: items.length === 0 ? '(empty list)' : null, isCode: false }
    return [
      head,
      ...items.flatMap((item, index) => rowsOf(String(index + 1), item, element, types, depth + 1)),
    ]
  }
  if (typeof value === 'object') {
    const head = { depth, label, text: null, isCode: false }
    return [head, ...structRows(value as TypedDataStruct, type, types, depth + 1)]
  }
  return [{ depth, label, text: textOf(value, type), isCode: /^(address|bytes)/.test(type) }]
}

function textOf(value: string | boolean | bigint, type: string): string {
  if (type === 'bool') return value === true ? 'yes' : 'no'
  const text = String(value)
  return type === 'string' ? visibleText(text) || '(empty)' : text
}
