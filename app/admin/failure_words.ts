import type { I18n } from '@adonisjs/i18n'

/** A connection's last failure in the reader's words; a code that we have none for as it is. */
export const failureWords = (i18n: I18n) => (failure: string) =>
  i18n.t(`guardian.failures.${failure}`, {}, failure)
