import { BaseError } from '@/lib/errors/BaseError'
import { maximumCalls } from '@/lib/policy/call'
import type { Refusal } from '@/lib/policy/refusal'
import type { Unpaid } from '@/lib/policy/unpaid'
import { refusalForDapp } from '@/lib/rpc/refusalForDapp'
import { toDapp } from '@/lib/rpc/toDapp'

/** EIP-1193 4001. */
export class UserRejectedError extends BaseError {
  override readonly name = 'Rpc.UserRejectedError'
  constructor(data?: unknown) {
    super('The user rejected the request.', { code: 4001, data })
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

/** EIP-1193 4200: a known method that the wallet does not offer, with what to use instead. */
export class RefusedMethodError extends BaseError {
  override readonly name = 'Rpc.RefusedMethodError'
  constructor(message: string) {
    super(message, { code: 4200 })
  }
}

/** EIP-1474 -32601. */
export class MethodNotFoundError extends BaseError {
  override readonly name = 'Rpc.MethodNotFoundError'
  constructor(method: string) {
    super(`There is no method ${method}.`, { code: -32601 })
  }
}

/** EIP-1474 -32602. */
export class InvalidParamsError extends BaseError {
  override readonly name = 'Rpc.InvalidParamsError'
  constructor(message: string) {
    super(message, { code: -32602 })
  }
}

/** EIP-1193 4200: a chain without a bundler that the wallet knows. */
export class UnsupportedChainError extends BaseError {
  override readonly name = 'Rpc.UnsupportedChainError'
  constructor(chainId: number) {
    super(
      `Latchkey needs a bundler for chain ${chainId}, which this request cannot name. Add the network in Latchkey: Networks, "Add network".`,
      { code: 4200 },
    )
  }
}

/** EIP-1193 4901: the request names another chain than the one that the site is on. */
export class WrongChainError extends BaseError {
  override readonly name = 'Rpc.WrongChainError'
  constructor(asked: number, current: number) {
    super(
      `This site is on chain ${current}, the request is for ${asked}. Call wallet_switchEthereumChain first.`,
      { code: 4901 },
    )
  }
}

/** EIP-1193 4100: the capability `sessionOnly` forbids to ask the owner, and no session allows the calls. */
export class SessionOnlyError extends BaseError {
  override readonly name = 'Rpc.SessionOnlyError'
  constructor(refusal: Refusal | null) {
    super(
      refusal === null
        ? 'No session of this site allows this, and the site asked not to ask the owner.'
        : `The session does not allow this (${refusal.rule}), and the site asked not to ask the owner.`,
      { code: 4100, data: refusal === null ? undefined : refusalForDapp(refusal) },
    )
  }
}

/** EIP-1474 -32003: a session allows the calls, nobody pays, and the capability `sessionOnly` forbids to ask the owner. */
export class SessionUnpaidError extends BaseError {
  override readonly name = 'Rpc.SessionUnpaidError'
  constructor(unpaid: Unpaid) {
    const reason =
      unpaid.reason === 'sponsor-refused'
        ? unpaid.message
        : 'The account cannot pay the fee of this transaction.'
    super(`${reason} The site asked not to ask the owner. Fund the account or its sponsor, then try again.`, {
      code: -32003,
    })
  }
}

/** EIP-5792 5700. */
export class UnsupportedCapabilityError extends BaseError {
  override readonly name = 'Rpc.UnsupportedCapabilityError'
  constructor(capability: string) {
    super(`Latchkey does not know the capability "${capability}". Mark it optional, or leave it out.`, {
      code: 5700,
    })
  }
}

/** EIP-5792 5700: what a site asks for with `wallet_grantPermissions` is nothing that a session can hold. */
export class UnmappablePermissionError extends BaseError {
  override readonly name = 'Rpc.UnmappablePermissionError'
  constructor(reason: string) {
    super(`Latchkey cannot grant this as a session: ${reason}`, { code: 5700 })
  }
}

/** EIP-5792 5710. */
export class UnsupportedCallsChainError extends BaseError {
  override readonly name = 'Rpc.UnsupportedCallsChainError'
  constructor(asked: number, current: number) {
    super(
      `The calls are for chain ${asked}, this site is on ${current}. Call wallet_switchEthereumChain first.`,
      { code: 5710 },
    )
  }
}

/** EIP-5792 5720. */
export class DuplicateCallsIdError extends BaseError {
  override readonly name = 'Rpc.DuplicateCallsIdError'
  constructor() {
    super('Calls with this id were sent already. Use a new id for new calls.', { code: 5720 })
  }
}

/** EIP-5792 5730. */
export class UnknownCallsError extends BaseError {
  override readonly name = 'Rpc.UnknownCallsError'
  constructor(id: string) {
    super(`This site never sent calls with the id ${id.slice(0, 80)}.`, { code: 5730 })
  }
}

/** EIP-5792 5740: more calls than one operation takes. */
export class BundleTooLargeError extends BaseError {
  override readonly name = 'Rpc.BundleTooLargeError'
  constructor(calls: number) {
    const refusal: Refusal = { rule: 'TooManyCalls', calls, maximum: maximumCalls }
    super(`${calls} calls in one batch, at most ${maximumCalls} are possible. Send them in parts.`, {
      code: 5740,
      data: toDapp({ refusal }),
    })
  }
}
