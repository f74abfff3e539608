import { isAddress, maxUint256, type Address } from 'viem'
import type { DailyCeiling, Guards } from '@/lib/policy/guards'
import { SettingsError } from '@/lib/settings/SettingsError'

const mostPerMinute = 1000
const mostCeilings = 50

/**
 * Checks guards that the user entered, and brings addresses into the form in which they are compared.
 *
 * @throws {SettingsError} Naming the limit that is not possible.
 */
export function parseGuards({ perMinute, daily, pauseAfterRefusals }: Guards): Guards {
  if (perMinute !== null && !(Number.isInteger(perMinute) && perMinute >= 0 && perMinute <= mostPerMinute))
    throw new SettingsError('The cap of a minute is a whole number from 0 to 1,000, or empty for no cap.')
  if (daily.length > mostCeilings) throw new SettingsError('At most 50 assets can have a ceiling.')
  const ceilings = daily.map(parseCeiling)
  const names = new Set(ceilings.map(({ chainId, asset }) => `${chainId} ${asset}`))
  if (names.size < ceilings.length)
    throw new SettingsError('An asset can have one ceiling only. Remove the other one.')
  return { perMinute, daily: ceilings, pauseAfterRefusals: pauseAfterRefusals === true }
}

function parseCeiling({ chainId, asset, limit }: DailyCeiling): DailyCeiling {
  if (!Number.isInteger(chainId) || chainId <= 0) throw new SettingsError('A ceiling needs its network.')
  if (asset !== 'native' && !isAddress(asset, { strict: false }))
    throw new SettingsError('A ceiling is for the network’s own currency or for a token’s address.')
  if (typeof limit !== 'bigint' || limit < 0n || limit > maxUint256)
    throw new SettingsError('The ceiling of a day must be an amount of 0 or more.')
  return { chainId, asset: asset === 'native' ? asset : (asset.toLowerCase() as Address), limit }
}
