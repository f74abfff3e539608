import { BaseError } from '@/lib/errors/BaseError'

/**
 * A server of a network (node, bundler, paymaster) gave no answer, or none that can be read. Proves nothing about what was sent to
 * it.
 *
 * Code 4901 of EIP-1193: the wallet is not connected to this chain.
 *
 * @see https://eips.ethereum.org/EIPS/eip-1193#provider-errors
 */
export class UnreachableError extends BaseError {
  override readonly name = 'Chains.UnreachableError'

  constructor(
    readonly server: 'node' | 'bundler' | 'sponsor',
    network: string,
    url: string,
    cause: unknown,
  ) {
    super(
      `The ${server} of ${network} does not answer (${hostOf(url)}). Check it and your connection, then try again.`,
      {
        cause,
        code: 4901,
      },
    )
  }
}

// Keys of node providers stand in paths and queries, so only the host is shown.
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'no address'
}
