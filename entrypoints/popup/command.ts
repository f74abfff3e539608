import { browser } from 'wxt/browser'
import { BaseError } from '@/lib/errors/BaseError'
import type { CommandAnswer, CommandMessage, Commands } from '@/lib/messaging/popup'
import { fromWire, toWire, type Wire } from '@/lib/messaging/wire'

/** Input of a command. */
export type CommandInput<name extends keyof Commands> = Commands[name][0]

/** Output of a command. */
export type CommandOutput<name extends keyof Commands> = Commands[name][1]

/**
 * Sends a command to the background and waits for its answer.
 *
 * @throws {CommandFailedError} The background refused; the message is its own, fit to be shown.
 * @throws {BackgroundUnreachableError} Nobody answered.
 */
export async function command<name extends keyof Commands>(
  name: name,
  input: CommandInput<name>,
): Promise<CommandOutput<name>> {
  const message: CommandMessage = { type: 'latchkey:command', name, input: toWire(input) }
  const answer = await send(message)
  if (!answer.ok) throw new CommandFailedError(answer.error)
  return fromWire<CommandOutput<name>>(answer.output as Wire)
}

async function send(message: CommandMessage): Promise<CommandAnswer> {
  let answer: CommandAnswer | undefined
  try {
    answer = await browser.runtime.sendMessage<CommandMessage, CommandAnswer | undefined>(message)
  } catch (cause) {
    throw new BackgroundUnreachableError({ cause })
  }
  if (answer === undefined) throw new BackgroundUnreachableError()
  return answer
}

/** The background refused a command. */
export class CommandFailedError extends BaseError {
  override readonly name = 'Popup.CommandFailedError'
  constructor(error: { readonly code: number; readonly message: string }) {
    super(error.message, { code: error.code })
  }
}

/** The background did not answer a command. */
export class BackgroundUnreachableError extends BaseError {
  override readonly name = 'Popup.BackgroundUnreachableError'
  constructor(options: { cause?: unknown } = {}) {
    super(
      'Latchkey’s background does not answer. Nothing was sent; close this window and open it again.',
      options,
    )
  }
}
