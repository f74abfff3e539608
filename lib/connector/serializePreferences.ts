import { functionsNamed } from './functionsNamed.js'
import type { SessionPreferences } from './preferences.js'
import { type Json, serializeValue } from './serializeValue.js'

/**
 * Puts session preferences in the form in which they travel: bigints as hex quantities, dates as Unix seconds, of each ABI only the
 * function that is called. The wallet checks everything else.
 *
 * @throws {TypeError} A value is not plain data, or an ABI lacks its function.
 */
export function serializePreferences(preferences: SessionPreferences): Json {
  const { contractCalls } = preferences
  return serializeValue({
    ...preferences,
    ...(contractCalls && {
      contractCalls: contractCalls.map((call) => ({
        ...call,
        abi: functionsNamed(call.abi, call.functionName),
      })),
    }),
  })
}
