import type { CustomerDetails } from '#app/receivables/actions/save_customer'
import type { customerValidator } from '#app/receivables/validators/customer'

export type CustomerForm = Awaited<ReturnType<typeof customerValidator.validate>>

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
