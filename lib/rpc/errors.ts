import { BaseError } from '@/lib/errors/BaseError'

/** EIP-1193 4001. */
export class UserRejectedError extends BaseError {
  override readonly name = 'Rpc.UserRejectedError'
  constructor() {
    super('The user rejected the request.', { code: 4001 })
  }
}

/** EIP-1193 4100. */
export class UnauthorizedError extends BaseError {
  override readonly name = 'Rpc.UnauthorizedError'
  constructor(message = 'This site is not connected. Call eth_requestAccounts first.', data?: unknown) {
    super(message, { code: 4100, data })
  }
}

/** EIP-1193 4200. */
export class UnsupportedMethodError extends BaseError {
  override readonly name = 'Rpc.UnsupportedMethodError'
  constructor(method: string) {
    super(`Latchkey does not support the method ${method}.`, { code: 4200 })
  }
}

/** EIP-3326 4902. */
export class UnknownChainError extends BaseError {
  override readonly name = 'Rpc.UnknownChainError'
  constructor(chainId: number) {
    super(`Latchkey does not know chain ${chainId}. Add it with wallet_addEthereumChain.`, { code: 4902 })
  }
}

/** EIP-1474 -32602. */
export class InvalidParamsError extends BaseError {
  override readonly name = 'Rpc.InvalidParamsError'
  constructor(message: string) {
    super(message, { code: -32602 })
  }
}
