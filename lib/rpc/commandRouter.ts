import { toRpcError } from '@/lib/errors/toRpcError'
import type { CommandAnswer, CommandMessage } from '@/lib/messaging/popup'
import { fromWire, toWire, type Wire } from '@/lib/messaging/wire'
import { commandTable } from '@/lib/rpc/commandTable'
import type { RpcContext } from '@/lib/rpc/context'

/** Whether a message on `runtime.sendMessage` is a command. Who sent it is checked by the caller. */
export function isCommand(message: unknown): message is CommandMessage {
  return (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    message.type === 'latchkey:command'
  )
}

/** Carries out a command of a popup page. Never rejects: a failure is part of the answer. */
export async function handleCommand(context: RpcContext, message: CommandMessage): Promise<CommandAnswer> {
  try {
    const command = commandTable.get(message.name)
    if (command === undefined) throw new Error(`There is no command ${message.name}.`)
    return { ok: true, output: toWire((await command.run(context, fromWire(message.input as Wire))) ?? null) }
  } catch (error) {
    return failedAnswer(error)
  }
}

/** The answer to a command that failed, also for a wallet that cannot start at all. */
export function failedAnswer(error: unknown): CommandAnswer {
  const { code, message } = toRpcError(error)
  return { ok: false, error: { code, message } }
}
