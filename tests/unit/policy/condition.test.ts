import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { conditionHolds } from '@/lib/policy/condition'
import { conditions } from '@/lib/policy/spec'

type Vector = { id: number; actual: string; reference: string; holds: string[] }
const { vectors } = JSON.parse(readFileSync('tests/vectors/policy/condition.json', 'utf8')) as {
  vectors: Vector[]
}

describe('conditionHolds', () => {
  test.each(vectors)('behavior: vector $id', ({ actual, reference, holds }) => {
    const found = conditions.filter((condition) =>
      conditionHolds(condition, BigInt(actual), BigInt(reference)),
    )
    expect(found).toEqual(holds)
  })
})
