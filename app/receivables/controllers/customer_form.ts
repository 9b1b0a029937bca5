import type { HttpContext } from '@adonisjs/core/http'
import {
  mustNameKind,
  mustSayEntityType,
  payerTaxIdKindsOf,
  taxIdExamples,
} from '#app/core/tax_ids'
import { addressForm } from '#app/receivables/address_forms'
import type { CustomerDetails } from '#app/receivables/actions/save_customer'
import {
  customerLocales,
  customerValidator,
  newCustomerValidator,
  type CustomerForm,
} from '#app/receivables/validators/customer'
import { formMeta } from '#app/receivables/validators/form_meta'
import type Tenant from '#app/tenants/models/tenant'

/** The checked form; a new customer's must have a tax id. */
export const readForm = (ctx: HttpContext, { isNew }: { isNew: boolean }): Promise<CustomerForm> =>
  isNew
    ? ctx.request.validateUsing(newCustomerValidator, formMeta(ctx))
    : ctx.request.validateUsing(customerValidator, formMeta(ctx))

/** What was typed, in the words of the model. @param locale of mails, where none was chosen */
export const detailsOf = (form: CustomerForm, locale: string): CustomerDetails => ({
  name: form.name,
  email: form.email,
  phone: form.phone ?? null,
  contactName: form.contact ?? null,
  locale: form.language ?? locale,
  entityType: form.entity_type ?? undefined,
  postalCode: form.zip ?? null,
  street: form.street ?? null,
  streetNumber: form.number ?? null,
  complement: form.complement ?? null,
  district: form.district ?? null,
  city: form.city ?? null,
  stateCode: form.state ?? null,
})

/** Which fields the form has, and what they look like, where the tenant is. */
export function customerFormPage({ country, locale }: Tenant) {
  const { postalCode, states, callingCode, isWhole } = addressForm(country)
  return {
    ...{ postalCode, states, isWhole, locale, locales: customerLocales },
    phoneExample: `+${callingCode}`,
    taxIdKinds: mustNameKind(country) ? payerTaxIdKindsOf(country) : [],
    taxIdExample: taxIdExamples[country],
    taxIdMask: ['BR', 'AR', 'CL', 'UY'].includes(country) ? `taxId${country}` : undefined,
    asksEntityType: mustSayEntityType(country),
  }
}
