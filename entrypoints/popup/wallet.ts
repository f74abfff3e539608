import type { Hex } from 'viem'
import type { CommandInput, CommandOutput } from '@/entrypoints/popup/command'
import type { Surface } from '@/entrypoints/popup/surface'
import type { Assertion, Ceremony, Commands, FoundPasskey, NewPasskey } from '@/lib/messaging/popup'

/** What pages can do, handed to them by `App.svelte`. */
export type Wallet = {
  /** @throws An error whose message is fit to be shown. */
  readonly command: <name extends keyof Commands>(
    name: name,
    input: CommandInput<name>,
  ) => Promise<CommandOutput<name>>
  /** @throws An error whose message is fit to be shown. */
  readonly createPasskey: (options: {
    readonly userName: string
    readonly userId?: Hex | undefined
    readonly excludeCredentialIds?: readonly Hex[] | undefined
  }) => Promise<NewPasskey>
  /** @throws An error whose message is fit to be shown. */
  readonly assertPasskey: (ceremony: Ceremony) => Promise<Assertion>
  /** Lets the owner choose a passkey of the wallet. @throws An error whose message is fit to be shown. */
  readonly findPasskey: (options: { readonly credentialId?: Hex | undefined }) => Promise<FoundPasskey>
  /**
   * Shows a route. Routes with a passkey prompt leave the toolbar's popup and the side panel for a window of their own.
   *
   * @param hash - With the number sign.
   */
  readonly open: (hash: string) => void
  /** Whether passkey prompts go to a window of their own. */
  readonly asksElsewhere: boolean
  readonly surface: Surface
  readonly showInTab: () => Promise<void>
  /** `null` where the browser has none that a page may open. */
  readonly showInSidePanel: (() => Promise<void>) | null
  readonly version: string
}
