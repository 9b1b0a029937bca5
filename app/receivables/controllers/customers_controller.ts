import { errors, type HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#app/core/clock'
import { once } from '#app/core/forms/once'
import { actorOf } from '#app/core/http/actor'
import { pointOut } from '#app/core/http/point_out'
import { readPayerTaxId } from '#app/core/tax_ids'
import { paymentsOfCustomer } from '#app/payments/queries/payments_of_customer'
import { SaveCustomer } from '#app/receivables/actions/save_customer'
import { customerFormPage, detailsOf, readForm } from '#app/receivables/controllers/customer_form'
import { requestedCustomer } from '#app/receivables/controllers/requested_customer'
import { postalCodeText } from '#app/receivables/brazil'
import type Customer from '#app/receivables/models/customer'
import CustomerPolicy from '#app/receivables/policies/customer_policy'
import { customerTotals } from '#app/receivables/queries/customer_history'
import { customerListPage, findAnyCustomer } from '#app/receivables/queries/customer_list'
import { openParts } from '#app/receivables/queries/open_parts'
import { receivableList } from '#app/receivables/queries/receivable_list'
import { reminderStop } from '#app/receivables/queries/reminders'
import { customerSearchValidator } from '#app/receivables/validators/customer'
import { chosen } from '#app/core/http/query_string'
import { customerFieldOf } from '#app/receivables/refusals'
import customerParts from '#start/customer_parts'

export default class CustomersController {
  async index(ctx: HttpContext) {
    const { tenant, view } = await this.#manager(ctx)
    const search = await customerSearchValidator.validate(chosen(ctx))
    return view.render('pages/customers/index', await customerListPage(tenant, search))
  }

  /** One that was merged is the one that it became. */
  async show(ctx: HttpContext) {
    const { tenant, membership, params, request, response, view, bouncer } =
      await this.#manager(ctx)
    const customer = await findAnyCustomer(tenant.id, params.id)
    if (!customer) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    if (customer.mergedIntoId) {
      return response.redirect().toPath(`/t/${tenant.slug}/customers/${customer.mergedIntoId}`)
    }
    const input = { tenant, storeIds: null, customerId: customer.id }
    const { receivables, next } = await receivableList(input)
    const mayErase = await bouncer.with(CustomerPolicy).allows('erase', membership)
    const open = mayErase ? await openParts(db.connection(), customerParts, customer) : []
    return view.render('pages/customers/show', {
      ...{ customer, receivables, hasMore: next !== null, mayErase, open, postalCodeText },
      today: clock.today(tenant.timeZone),
      totals: await customerTotals(tenant, customer),
      reminderStop: await reminderStop(tenant.id, customer.id),
      payments: await paymentsOfCustomer(tenant.id, customer.id),
    })
  }

  async create(ctx: HttpContext) {
    await this.#manager(ctx)
    return this.#form(ctx, null)
  }

  async store(ctx: HttpContext) {
    await this.#manager(ctx)
    return this.#save(ctx, null)
  }

  /** `?refused=` names what the provider did not accept: said at its field. */
  async edit(ctx: HttpContext) {
    const { request, session, i18n } = await this.#manager(ctx)
    const customer = await requestedCustomer(ctx)
    const subject = String(request.qs().refused ?? '')
    const field = customerFieldOf(subject)
    const messages = [i18n.t(`receivables.refusals.${subject}`)]
    if (field) session.flashMessages.set('inputErrorsBag', { [field]: messages })
    return this.#form(ctx, customer)
  }

  async update(ctx: HttpContext) {
    await this.#manager(ctx)
    return this.#save(ctx, await requestedCustomer(ctx))
  }

  #form({ view, tenant }: HttpContext, customer: Customer | null) {
    return view.render('pages/customers/form', { customer, ...customerFormPage(tenant) })
  }

  async #save(ctx: HttpContext, known: Customer | null) {
    const { tenant, request, response, auth, session, i18n } = ctx
    try {
      const form = await readForm(ctx, { isNew: known === null })
      const save = async () => {
        const { id } = await new SaveCustomer().handle({
          tenant,
          customer: known ?? undefined,
          details: detailsOf(form, known?.locale ?? tenant.locale),
          taxId: form.tax_id ? readPayerTaxId(form.tax_id, tenant.country, form.tax_id_kind) : null,
          actor: actorOf(ctx),
        })
        return `/t/${tenant.slug}/customers/${id}`
      }
      const { id: userId } = auth.getUserOrFail()
      const newForm = { key: request.input('_key'), userId, purpose: 'customer.create' }
      const url = known ? await save() : await once(newForm, save)
      session.flash('success', i18n.t('customers.saved'))
      return response.redirect().status(303).toPath(url)
    } catch (error) {
      if (!pointOut(error, ctx)) throw error
      return response.status(422).send(await this.#form(ctx, known))
    }
  }

  async #manager(ctx: HttpContext) {
    await ctx.bouncer.with(CustomerPolicy).authorize('manage', ctx.membership)
    return ctx
  }
}
