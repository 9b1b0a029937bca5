import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#app/core/clock'
import { once } from '#app/core/forms/once'
import { attemptsOfReceivable } from '#app/payments/queries/attempts_of_receivable'
import { paymentsOfReceivable } from '#app/payments/queries/payments_of_receivable'
import { CreateReceivable } from '#app/receivables/actions/create_receivable'
import {
  chooseCustomer,
  flashSaved,
  readReceivable,
  receivableFormPage,
} from '#app/receivables/controllers/receivable_form'
import { requestedList } from '#app/receivables/controllers/requested_list'
import { requestedReceivable } from '#app/receivables/controllers/requested_receivable'
import CustomerPolicy from '#app/receivables/policies/customer_policy'
import ReceivablePolicy from '#app/receivables/policies/receivable_policy'
import { findCustomer } from '#app/receivables/queries/customer_list'
import { listFilters, receivableListPage } from '#app/receivables/queries/receivable_list'
import { receivablePage } from '#app/receivables/queries/receivable_page'
import { sharingOf } from '#app/receivables/queries/sharing'
import { visibleStores } from '#app/receivables/queries/visible_stores'
import { shownTerms } from '#app/receivables/late_payment'
import { refusalsOf } from '#app/receivables/refusals'
import { chosen, withQuery } from '#app/core/http/query_string'
import { newReceivableValidator } from '#app/receivables/validators/receivable'

/** While the provider's answer is awaited, the page looks again by itself. */
const LOOK_AGAIN_SECONDS = 10

export default class ReceivablesController {
  async index(ctx: HttpContext) {
    const { tenant, membership, view } = ctx
    await ctx.bouncer.with(ReceivablePolicy).authorize('view', membership)
    const { form, input } = await requestedList(ctx)
    const { receivables, totals, next } = await receivableListPage(input)
    const { after, after_due: afterDue, ...narrowed } = form
    return view.render('pages/receivables/index', {
      ...{ receivables, listFilters, form, totals },
      stores: await visibleStores(membership),
      isNarrowed: Object.values(narrowed).some(Boolean),
      exportQuery: withQuery(narrowed),
      next: next && withQuery({ ...narrowed, after: next.id, after_due: next.dueOn }),
      today: clock.today(tenant.timeZone),
    })
  }

  async show(ctx: HttpContext) {
    const { tenant, membership, view, bouncer, response, i18n } = ctx
    await bouncer.with(ReceivablePolicy).authorize('view', membership)
    const receivable = await requestedReceivable(ctx)
    const page = await receivablePage(tenant, receivable)
    const isAsking = page.active.some(({ charge }) => charge.state === 'creating')
    if (isAsking) response.header('Refresh', String(LOOK_AGAIN_SECONDS))
    return view.render('pages/receivables/show', {
      receivable,
      ...page,
      sharing: await sharingOf(tenant, receivable),
      payments: await paymentsOfReceivable(tenant.id, receivable.id),
      attempts: await attemptsOfReceivable(tenant.id, receivable.id),
      refusals: refusalsOf(page.past, i18n),
      terms: shownTerms(receivable, i18n.locale),
      mayCancel: await bouncer.with(ReceivablePolicy).allows('cancel', membership),
      mayManageCustomers: await bouncer.with(CustomerPolicy).allows('manage', membership),
    })
  }

  /** First whom it is of, found by name or tax id; then what is owed. */
  async create(ctx: HttpContext) {
    const { tenant, membership, view, bouncer } = ctx
    await bouncer.with(ReceivablePolicy).authorize('create', membership)
    const { customer: id, ...search } = await newReceivableValidator.validate(chosen(ctx))
    const customer = id ? await findCustomer(tenant.id, id) : null
    if (!customer) return chooseCustomer(ctx, search, { into: 'receivables' })
    const page = await receivableFormPage(ctx, customer)
    return view.render('pages/receivables/create', page)
  }

  async store(ctx: HttpContext) {
    const { tenant, request, response, auth } = ctx
    await ctx.bouncer.with(ReceivablePolicy).authorize('create', ctx.membership)
    const input = await readReceivable(ctx)
    const { id: userId } = auth.getUserOrFail()
    const form = { key: request.input('_key'), userId, purpose: 'receivable.create' }
    const url = await once(form, async () => {
      const { id } = await new CreateReceivable().handle(input)
      return `/t/${tenant.slug}/receivables/${id}`
    })
    flashSaved(ctx, input, 'receivables.created')
    return response.redirect().status(303).toPath(url)
  }
}
