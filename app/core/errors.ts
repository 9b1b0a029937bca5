import { Exception } from '@adonisjs/core/exceptions'

/**
 * An expected failure, named after what went wrong. The edge decides what becomes of it: a page
 * shows `errors.<key>` in the reader's language, JSON a problem document, a command an exit code.
 */
export abstract class DomainError extends Exception {
  static status = 422

  /** Translation key below `errors.` in every language, e.g. `gateway.not_connected`. */
  abstract readonly key: string

  /** Values for the translation; `field` also names the form field that the message belongs to. */
  constructor(
    readonly params: Record<string, string | number> = {},
    readonly field?: string
  ) {
    super()
    this.message = this.constructor.name
  }
}
