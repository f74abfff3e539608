import type { Address } from 'viem'
import { formatUnits, isAddressEqual, isHex, maxUint128, maxUint160, numberToHex } from 'viem'
import { formatAmount } from '../game/formatAmount'
import { shortHex } from '../game/shortHex'
import { attacker } from '../hack/attempt'
import type { Stack } from '../stack/stack'
import type { RefusalData } from '../wallet/explain'

/**
 * Says in one line why Orchard's session did not allow a request, with the numbers that the wallet sent.
 *
 * @returns `null` for a rule that this page has no words for; the wallet's own message is then the one to show.
 */
export function sayRefusal(refusal: RefusalData, stack: Stack): string | null {
  const number = (name: string): bigint => quantity(refusal[name])
  const amount = (name: string): string => sayAmount(refusal, number(name), stack)
  switch (refusal.rule) {
    case 'CallPolicyViolated':
      return refusal['targetKnown'] === true
        ? 'Of this contract the session allows another function only.'
        : 'The session allows no call to this contract.'
    case 'TransferPolicyViolated':
      return 'The session sends ETH to the tip jar only.'
    case 'TargetBanned':
      return 'No session may call the account, its modules or the EntryPoint.'
    case 'MaxValueExceeded':
      if (number('maxValuePerUse') === 0n) return 'The session sends no ETH along with this call.'
      return `At most ${formatAmount(number('maxValuePerUse'), 'ETH')} at a time, this sends ${exact(number('value'), 'ETH')}.`
    case 'ConditionViolated':
      return `Allowed: ${relations[String(refusal['condition'])] ?? ''} ${amount('refValue')}. Asked: ${amount('actual')}.`
    case 'InvalidDataLength':
      return `${number('length')} bytes of call data, at least ${number('required')} are needed.`
    case 'TooManyCalls':
      return `${number('calls')} calls in one batch, at most ${number('maximum')}.`
    case 'LifetimeUsageExceeded':
    case 'AllowanceExceeded':
      return `${amount('used')} of ${amount('limit')} used, this asks for ${amount('amount')} more.`
    case 'SessionNotActive':
      return `The session is ${String(refusal['status'])}.`
    case 'SessionExpired':
      return 'The session has ended.'
    default:
      return null
  }
}

const relations: Record<string, string> = {
  Equal: 'only',
  NotEqual: 'anything but',
  Less: 'less than',
  LessOrEqual: 'at most',
  Greater: 'more than',
  GreaterOrEqual: 'at least',
}

/** Writes a number of a refusal in the unit that it counts: an address, DEMO, ETH, or a plain number. */
function sayAmount(refusal: RefusalData, value: bigint, stack: Stack): string {
  const subject = refusal['subject'] as { kind?: unknown; target?: unknown } | undefined
  const target = subject?.target ?? refusal['target']
  if (subject?.kind === 'value' || subject?.kind === 'fee') return formatAmount(value, 'ETH')
  if (subject?.kind === 'uses') return `${value}`
  const ofToken = isHex(target) && isAddressEqual(target, stack.tokens.demoToken)
  if (ofToken && refusal['index'] === 0)
    return sayAddress(numberToHex(value & maxUint160, { size: 20 }), stack)
  if (value > maxUint128) return 'a number of 128 bits or more'
  return ofToken ? exact(value, 'DEMO') : `${value}`
}

/** Who an address is to this page, or its ends. */
function sayAddress(address: Address, { demo }: Stack): string {
  if (isAddressEqual(address, demo.shop)) return 'the shop'
  if (isAddressEqual(address, demo.tipJar)) return 'the tip jar'
  return isAddressEqual(address, attacker) ? 'the thief' : shortHex(address)
}

/** An amount in full, so that one unit too much is seen. */
function exact(value: bigint, symbol: 'DEMO' | 'ETH'): string {
  return `${formatUnits(value, 18)} ${symbol}`
}

function quantity(value: unknown): bigint {
  return typeof value === 'number' || isHex(value) ? BigInt(value) : 0n
}
