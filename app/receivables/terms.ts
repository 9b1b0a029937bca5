import { methods, sites } from '#app/gateway/sites'
import type { TermsForm } from '#app/receivables/validators/terms'
import type Tenant from '#app/tenants/models/tenant'

/** Percents of the amount, "2.00"; the interest is a month's. */
export interface Terms {
  finePercent: string | null
  interestPercent: string | null
  discountPercent: string | null
  /** The last day of the discount, where the tenant lives. */
  discountUntil: string | null
}

export const noTerms: Terms = {
  finePercent: null,
  interestPercent: null,
  discountPercent: null,
  discountUntil: null,
}

/** What was chosen; a discount without a day lasts until the due date. */
export const chosenTerms = (form: TermsForm, dueOn: string): Terms => ({
  finePercent: form.fine ?? null,
  interestPercent: form.interest ?? null,
  discountPercent: form.discount ?? null,
  discountUntil: form.discount ? (form.discount_until ?? dueOn) : null,
})

/** Whether anything that is issued in the tenant's country carries fine, interest and discount. */
export const takesTerms = ({ country }: Pick<Tenant, 'country'>): boolean =>
  Object.values(sites).some(
    (site) => site.country === country && site.methods.some((method) => methods[method].takesTerms)
  )
