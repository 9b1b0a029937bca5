import type { HttpContext } from '@adonisjs/core/http'
import { DomainError } from '#app/core/errors'
import { failureOf } from '#app/core/http/failure'
import { keptFields } from '#app/core/http/kept_input'

/**
 * What is wrong with a form, shown by this very answer. Sent back to the form instead, what was
 * typed would wait in the session, and a tax id is nowhere stored in clear.
 * @returns false for a failure that is not of the form
 */
export function pointOut(error: unknown, { session, request, i18n }: HttpContext): boolean {
  const { kind, fields, key, params } = failureOf(error)
  const bag: Record<string, string[]> = {}
  for (const { field, message } of fields ?? []) (bag[field] ??= []).push(message)
  if (kind === 'domain' && error instanceof DomainError && error.field) {
    bag[error.field] = [i18n.t(`errors.${key}`, params)]
  }
  if (Object.keys(bag).length === 0) return false
  const typed = request.only(keptFields(request.original()))
  session.flashMessages.merge({ ...typed, inputErrorsBag: bag })
  return true
}
