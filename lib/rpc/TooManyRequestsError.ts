import { BaseError } from '@/lib/errors/BaseError'

/** EIP-1474 -32005: more requests of one site are open, or come in a moment, than the wallet serves. */
export class TooManyRequestsError extends BaseError {
  override readonly name = 'Rpc.TooManyRequestsError'
  constructor() {
    super('Too many requests of this site are open. Wait for their answers.', { code: -32005 })
  }
}
