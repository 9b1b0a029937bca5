import { errors, type HttpContext } from '@adonisjs/core/http'
import { clock } from '#app/core/clock'
import { actorOf } from '#app/core/http/actor'
import { pointOut } from '#app/core/http/point_out'
import { SaveCustomer } from '#app/receivables/actions/save_customer'
import { detailsOf, readForm } from '#app/receivables/controllers/customer_form'
import { brazilianStates, postalCodeText } from '#app/receivables/brazil'
import type Customer from '#app/receivables/models/customer'
import CustomerPolicy from '#app/receivables/policies/customer_policy'
import { customerListPage, findCustomer, readTaxId } from '#app/receivables/queries/customer_list'
import { receivableList } from '#app/receivables/queries/receivable_list'
import { customerSearchValidator } from '#app/receivables/validators/customer'
import { chosen } from '#app/receivables/query_string'
import { customerFieldOf } from '#app/receivables/refusals'

export default class CustomersController {
  async index(ctx: HttpContext) {
    const { tenant, view } = await this.#manager(ctx)
    const search = await customerSearchValidator.validate(chosen(ctx))
    return view.render('pages/customers/index', await customerListPage(tenant, search))
  }

  async show(ctx: HttpContext) {
    const { tenant, view } = await this.#manager(ctx)
    const customer = await this.#customer(ctx)
    const { receivables, next } = await receivableList({
      tenant,
      storeIds: null,
      customerId: customer.id,
    })
    const today = clock.today(tenant.timeZone)
    const shown = { customer, receivables, today, hasMore: next !== null }
    return view.render('pages/customers/show', { ...shown, postalCodeText })
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
    const customer = await this.#customer(ctx)
    const subject = String(request.qs().refused ?? '')
    const field = customerFieldOf(subject)
    const messages = [i18n.t(`receivables.refusals.${subject}`)]
    if (field) session.flashMessages.set('inputErrorsBag', { [field]: messages })
    return this.#form(ctx, customer)
  }

  async update(ctx: HttpContext) {
    await this.#manager(ctx)
    return this.#save(ctx, await this.#customer(ctx))
  }

  #form({ view }: HttpContext, customer: Customer | null) {
    return view.render('pages/customers/form', { customer, states: brazilianStates })
  }

  async #save(ctx: HttpContext, known: Customer | null) {
    const { tenant, response, session, i18n } = ctx
    try {
      const form = await readForm(ctx, { isNew: known === null })
      const { id } = await new SaveCustomer().handle({
        tenant,
        customer: known ?? undefined,
        details: detailsOf(form, known?.locale ?? tenant.locale),
        taxId: form.tax_id ? readTaxId(form.tax_id, tenant.country) : null,
        actor: actorOf(ctx),
      })
      session.flash('success', i18n.t('customers.saved'))
      return response.redirect().status(303).toPath(`/t/${tenant.slug}/customers/${id}`)
    } catch (error) {
      if (!pointOut(error, ctx)) throw error
      // A refused save has changed the model already: the page's heading is the stored one.
      return response.status(422).send(await this.#form(ctx, known && (await this.#customer(ctx))))
    }
  }

  async #manager(ctx: HttpContext) {
    await ctx.bouncer.with(CustomerPolicy).authorize('manage', ctx.membership)
    return ctx
  }

  async #customer({ tenant, params, request }: HttpContext): Promise<Customer> {
    const customer = await findCustomer(tenant.id, params.id)
    if (customer) return customer
    throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  }
}
