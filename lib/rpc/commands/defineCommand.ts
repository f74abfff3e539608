import type { Commands } from '@/lib/messaging/popup'
import type { RpcContext } from '@/lib/rpc/context'

/** A command of the popup. The sender was checked to be a page of the extension. */
export type Command<name extends keyof Commands = keyof Commands> = {
  readonly name: name
  handle(context: RpcContext, input: Commands[name][0]): Promise<Commands[name][1]>
}

/** A command as the router sees it. */
export type AnyCommand = {
  readonly name: keyof Commands
  run(context: RpcContext, input: unknown): Promise<unknown>
}

/** Declares a command of `lib/messaging/popup`; input and output follow from its name. */
export function defineCommand<name extends keyof Commands>(command: Command<name>): AnyCommand {
  // Both ends are built together, and only the extension's own pages reach a command: the input has its declared type.
  return { name: command.name, run: (context, input) => command.handle(context, input as Commands[name][0]) }
}
