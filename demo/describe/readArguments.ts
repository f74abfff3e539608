import { parseArgs } from 'node:util'
import { isAddress, type Address } from 'viem'
import type { Token } from '@/lib/describe/context'
import { BaseError } from '@/lib/errors/BaseError'

/** What the command line tells beside the session. */
export type FileOptions = {
  readonly site: string
  readonly currency: { readonly symbol: string; readonly decimals: number }
  readonly tokens: readonly Token[]
  /** Unix seconds. */
  readonly now?: number | undefined
  readonly paymaster?: Address | undefined
  /** BCP 47 tag. */
  readonly locale?: string | undefined
  /** IANA name. */
  readonly timeZone?: string | undefined
}

/** How the command is used. */
export const usage = `npx latchkey describe <file.json>   says what a session allows, as the wallet shows it

The file holds session preferences, or the spec of a session; - reads standard input.

  --site shop.example             how the sentences call the site
  --token 0x…=DEMO:18             symbol and decimals of a token; may be repeated
  --currency ETH:18               the chain's native currency
  --paymaster 0x…                 the paymaster that the wallet would list
  --now 1767225600                Unix seconds from which it counts
  --locale en-GB --zone UTC       how numbers and times are written`

/**
 * Reads the command line.
 *
 * @param words - After the program's name.
 * @throws {UsageError} With the usage.
 */
export function readArguments(words: readonly string[]): {
  readonly file: string
  readonly options: FileOptions
} {
  const { positionals, values } = parsed(words)
  const [command, file, ...rest] = positionals
  if (command !== 'describe' || file === undefined || rest.length > 0) throw new UsageError('')
  const now = values.now === undefined ? undefined : Number(values.now)
  if (now !== undefined && !Number.isSafeInteger(now)) throw new UsageError('--now takes Unix seconds.')
  const { paymaster } = values
  if (paymaster !== undefined && !isAddress(paymaster)) throw new UsageError('--paymaster takes an address.')
  return {
    file,
    options: {
      site: values.site ?? 'this site',
      currency: unitOf(values.currency ?? 'ETH:18', '--currency'),
      tokens: (values.token ?? []).map(tokenOf),
      now,
      paymaster,
      locale: values.locale,
      timeZone: values.zone,
    },
  }
}

function parsed(words: readonly string[]) {
  try {
    const text = { type: 'string' } as const
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        site: text,
        token: { ...text, multiple: true },
        currency: text,
        paymaster: text,
        now: text,
        locale: text,
        zone: text,
      },
    })
  } catch (error) {
    // `parseArgs` says what is wrong with an option by a TypeError.
    if (error instanceof TypeError) throw new UsageError(error.message)
    throw error
  }
}

function tokenOf(text: string): Token {
  const [address = '', unit = ''] = text.split('=')
  if (!isAddress(address)) throw new UsageError('--token takes an address, "=", and a unit: 0x…=DEMO:18.')
  return { address, ...unitOf(unit, '--token') }
}

function unitOf(text: string, option: string): { symbol: string; decimals: number } {
  const match = /^([^:\s]{1,20}):(\d{1,2})$/.exec(text)
  if (match === null) throw new UsageError(`${option} takes a symbol and its decimals: ETH:18.`)
  return { symbol: match[1] ?? '', decimals: Number(match[2]) }
}

/** The command line cannot be read. */
export class UsageError extends BaseError {
  override readonly name = 'Describe.UsageError'
  constructor(reason: string) {
    super([reason, usage].filter((part) => part !== '').join('\n\n'))
  }
}
