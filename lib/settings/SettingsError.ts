import { BaseError } from '@/lib/errors/BaseError'

/** A setting cannot have this value. */
export class SettingsError extends BaseError {
  override readonly name = 'Settings.SettingsError'
  constructor(message: string) {
    super(message, { code: -32602 })
  }
}
