import type { HttpContext } from '@adonisjs/core/http'
import { DomainError } from '#app/core/errors'
import { failureOf } from '#app/core/http/failure'
import { keptFields } from '#app/core/http/kept_input'
import type { CustomerDetails } from '#app/receivables/actions/save_customer'
import { customerValidator, newCustomerValidator } from '#app/receivables/validators/customer'
import { formMeta } from '#app/receivables/validators/form_meta'

export type CustomerForm = Awaited<ReturnType<typeof customerValidator.validate>>

/** The checked form; a new customer's must have a tax id. */
export const readForm = (ctx: HttpContext, { isNew }: { isNew: boolean }): Promise<CustomerForm> =>
  isNew
    ? ctx.request.validateUsing(newCustomerValidator, formMeta(ctx))
    : ctx.request.validateUsing(customerValidator, formMeta(ctx))

/** What was typed, in the words of the model. @param locale of the mails to this customer */
export const detailsOf = (form: CustomerForm, locale: string): CustomerDetails => ({
  name: form.name,
  email: form.email.toLowerCase(),
  phone: form.phone ?? null,
  locale,
  postalCode: form.zip ?? null,
  street: form.street ?? null,
  streetNumber: form.number ?? null,
  complement: form.complement ?? null,
  district: form.district ?? null,
  city: form.city ?? null,
  stateCode: form.state ?? null,
})

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
