import { numberToHex, type AbiFunction, type AbiParameter, type Hex } from 'viem'
import { conditions, unlimited, type Condition, type Constraint, type UsageLimit } from '@/lib/policy/spec'
import { argumentWords, constrainableWords, wordsBefore } from '@/lib/session/preferences/argumentWords'
import { encodeArgument } from '@/lib/session/preferences/encodeArgument'
import { PreferencesError } from '@/lib/session/preferences/PreferencesError'
import { readLimit } from '@/lib/session/preferences/readLimit'
import { readObject } from '@/lib/session/preferences/readObject'
import { readQuantity } from '@/lib/session/preferences/readQuantity'

const zero: Hex = `0x${'00'.repeat(32)}`

/**
 * Reads a constraint on a parameter, `{index, value?, condition?, limit?}`: `index` counts parameters. A parameter of several
 * words gives one constraint a word.
 *
 * @throws {PreferencesError} The parameter is dynamic or stands behind a dynamic one, or a member is malformed.
 */
export function readConstraint(value: unknown, path: string, fn: AbiFunction): Constraint[] {
  const members = readObject(value, path, ['index', 'value', 'condition', 'limit'])
  const place = Number(readQuantity(members.index, `${path}.index`, 1))
  const parameter = fn.inputs[place]
  if (!parameter)
    throw new PreferencesError(`${path}.index`, `is past the ${fn.inputs.length} parameters of ${fn.name}.`)
  const words = argumentWords(parameter)
  if (words === null)
    throw new PreferencesError(
      `${path}.index`,
      `is a parameter of the dynamic type ${parameter.type}. Only static ones can be constrained.`,
    )
  const first = wordsBefore(fn, place)
  if (first === null)
    throw new PreferencesError(
      `${path}.index`,
      'stands behind a dynamic parameter, and cannot be constrained.',
    )
  if (first + words > 256)
    throw new PreferencesError(`${path}.index`, 'reaches past word 255, and cannot be constrained.')
  const condition = readCondition(members.condition, members.value !== undefined, `${path}.condition`)
  refuseSigned(parameter, condition, members.value, `${path}.condition`)
  const limit = readConstraintLimit(members.limit, `${path}.limit`)
  const references =
    members.value === undefined ? [] : encodeArgument(parameter, members.value, `${path}.value`)
  return Array.from({ length: words }, (_, word) =>
    constraintOf(condition, first + word, references[word], limit, path),
  )
}

/**
 * Reads a constraint on a word, `{index, refValue?, condition?, limit?}`: `index` counts 32-byte words behind the selector.
 *
 * @param fn - The function, where the site named it; `null` where only its selector is known.
 * @throws {PreferencesError} A member is malformed, or the word is not that of a static parameter.
 */
export function readWordConstraint(value: unknown, path: string, fn: AbiFunction | null): Constraint {
  const members = readObject(value, path, ['index', 'refValue', 'condition', 'limit'])
  const index = Number(readQuantity(members.index, `${path}.index`, 1))
  if (fn && index >= constrainableWords(fn))
    throw new PreferencesError(
      `${path}.index`,
      `is not a static word of ${fn.name}: nothing from the first dynamic parameter on can be constrained.`,
    )
  const condition = readCondition(members.condition, members.refValue !== undefined, `${path}.condition`)
  const reference =
    members.refValue === undefined
      ? undefined
      : numberToHex(readQuantity(members.refValue, `${path}.refValue`, 32), { size: 32 })
  return constraintOf(condition, index, reference, readConstraintLimit(members.limit, `${path}.limit`), path)
}

function constraintOf(
  condition: Condition,
  index: number,
  reference: Hex | undefined,
  limit: UsageLimit,
  path: string,
): Constraint {
  if (condition !== 'Unconstrained') {
    if (reference === undefined) throw new PreferencesError(path, `needs a value to compare by ${condition}.`)
    return { condition, index, refValue: reference, limit }
  }
  if (reference !== undefined && reference !== zero)
    throw new PreferencesError(path, 'has a value but the condition Unconstrained. Leave one out.')
  return { condition, index, refValue: zero, limit }
}

function readConstraintLimit(value: unknown, path: string): UsageLimit {
  return value === undefined ? unlimited : readLimit(value, path, { lifetime: 16, allowance: 12 })
}

function readCondition(value: unknown, hasReference: boolean, path: string): Condition {
  if (value === undefined) return hasReference ? 'Equal' : 'Unconstrained'
  if (value === 'GreaterEqual') return 'GreaterOrEqual'
  if (value === 'LessEqual') return 'LessOrEqual'
  const found =
    typeof value === 'number' ? conditions[value] : conditions.find((condition) => condition === value)
  if (!found) throw new PreferencesError(path, `must be one of ${conditions.join(', ')}.`)
  return found
}

/** The contracts compare words as unsigned numbers, in which every negative one is greater than every positive one. */
function refuseSigned(parameter: AbiParameter, condition: Condition, value: unknown, path: string): void {
  if (!parameter.type.startsWith('int')) return
  const greater = condition === 'Greater' || condition === 'GreaterOrEqual'
  const less = condition === 'Less' || condition === 'LessOrEqual'
  if (greater || (less && String(value).includes('-')))
    throw new PreferencesError(
      path,
      `cannot be ${condition} for the signed type ${parameter.type}: words compare as unsigned.`,
    )
}
