import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { clock } from '#app/core/clock'
import type {
  CreateReceivableInput,
  ReceivableInput,
} from '#app/receivables/actions/create_receivable'
import { shownTerms, termsWarnings } from '#app/receivables/late_payment'
import type Customer from '#app/receivables/models/customer'
import type Receivable from '#app/receivables/models/receivable'
import CustomerPolicy from '#app/receivables/policies/customer_policy'
import { customerListPage } from '#app/receivables/queries/customer_list'
import { visibleStoreIds, visibleStores } from '#app/receivables/queries/visible_stores'
import { ratesOfWays } from '#app/receivables/queries/ways_to_offer'
import { chosenTerms, noTerms, takesTerms } from '#app/receivables/terms'
import { formMeta } from '#app/receivables/validators/form_meta'
import { receivableValidator } from '#app/receivables/validators/receivable'

/** What the form begins with: of a draft, or of the one that is duplicated. */
export type Prefilled = Pick<
  Receivable,
  | 'storeId'
  | 'description'
  | 'amountMinor'
  | 'dueOn'
  | 'payUntil'
  | 'finePercent'
  | 'interestPercent'
  | 'discountPercent'
  | 'discountUntil'
>

/** The checked form, as creating and changing take it. */
export async function readReceivable(ctx: HttpContext): Promise<CreateReceivableInput> {
  const { tenant, membership, request } = ctx
  const form = await request.validateUsing(receivableValidator, formMeta(ctx))
  return {
    tenant,
    customerId: form.customer_id,
    storeId: form.store_id,
    description: form.description,
    amountMinor: form.amount,
    dueOn: form.due_on,
    payUntil: form.pay_until ?? form.due_on,
    terms: takesTerms(tenant) ? chosenTerms(form, form.due_on) : undefined,
    storeIds: await visibleStoreIds(membership),
    actor: actorOf(ctx),
  }
}

/** Unusual terms are kept and warned of. */
export function flashSaved({ session, i18n }: HttpContext, input: ReceivableInput, text: string) {
  session.flash('success', i18n.t(text))
  const { amountMinor, dueOn, payUntil, terms = noTerms } = input
  const owed = { amountMinor, dueOn, payUntil, ...terms }
  const warnings = termsWarnings(owed).map((name) => i18n.t(`receivables.terms.${name}`))
  if (warnings.length > 0) session.flash('warning', warnings.join(' '))
}

/** All that the form shows. */
export async function receivableFormPage(
  { tenant, membership, i18n }: HttpContext,
  customer: Customer,
  given: Prefilled | null = null
) {
  const stores = await visibleStores(membership)
  const usual = (stores.find((store) => store.isDefault) ?? stores.at(0))?.id
  return {
    ...{ customer, stores, given },
    storeId: stores.some(({ id }) => id === given?.storeId) ? given?.storeId : usual,
    terms: given && shownTerms(given, i18n.locale),
    takesTerms: takesTerms(tenant),
    today: clock.today(tenant.timeZone),
    rates: await ratesOfWays(tenant),
  }
}

interface ChoicePage {
  /** Whose list it belongs to: `receivables` or `schedules`. */
  into: string
  title?: string
  back?: { href: string; label: string }
  /** The address of the page itself. */
  here?: string
  /** Where the choice leads. */
  target?: string
}

/** Whom it is of, found by name or tax id. */
export async function chooseCustomer(
  { tenant, membership, view, bouncer }: HttpContext,
  search: Parameters<typeof customerListPage>[1],
  page: ChoicePage
) {
  const list = await customerListPage(tenant, search)
  const mayManageCustomers = await bouncer.with(CustomerPolicy).allows('manage', membership)
  return view.render('pages/receivables/choose_customer', { ...list, mayManageCustomers, ...page })
}
