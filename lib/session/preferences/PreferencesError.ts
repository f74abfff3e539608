import { BaseError } from '@/lib/errors/BaseError'

/** A site asked for a session in a way that cannot be granted. Names the field and says what to do. */
export class PreferencesError extends BaseError {
  override readonly name = 'Session.PreferencesError'

  /**
   * @param path - Field, such as `contractCalls[0].constraints[1].value`; empty for the whole.
   * @param advice - What is wrong and what to do.
   */
  constructor(
    readonly path: string,
    advice: string,
    cause?: unknown,
  ) {
    super(`${path === '' ? 'session' : path}: ${advice}`, { code: -32602, cause })
  }
}
