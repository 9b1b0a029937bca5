import { errors, type HttpContext } from '@adonisjs/core/http'
import { clock } from '#app/core/clock'
import { actorOf } from '#app/core/http/actor'
import type { TaxId } from '#app/core/tax_ids'
import { SaveCustomer } from '#app/receivables/actions/save_customer'
import { detailsOf, type CustomerForm } from '#app/receivables/controllers/customer_form'
import { brazilianStates, postalCodeText } from '#app/receivables/brazil'
import type Customer from '#app/receivables/models/customer'
import CustomerPolicy from '#app/receivables/policies/customer_policy'
import { customerListPage, findCustomer, readTaxId } from '#app/receivables/queries/customer_list'
import { receivableList } from '#app/receivables/queries/receivable_list'
import {
  customerSearchValidator,
  customerValidator,
  newCustomerValidator,
} from '#app/receivables/validators/customer'
import { customerFieldOf } from '#app/receivables/refusals'
import { formMeta } from '#app/receivables/validators/form_meta'

export default class CustomersController {
  async index(ctx: HttpContext) {
    const { tenant, request, view } = await this.#manager(ctx)
    const search = await customerSearchValidator.validate(request.qs())
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
    const { view } = await this.#manager(ctx)
    return view.render('pages/customers/form', { customer: null, states: brazilianStates })
  }

  async store(ctx: HttpContext) {
    const { request } = await this.#manager(ctx)
    const form = await request.validateUsing(newCustomerValidator, formMeta(ctx))
    return this.#save(ctx, form)
  }

  async edit(ctx: HttpContext) {
    const { view } = await this.#manager(ctx)
    const customer = await this.#customer(ctx)
    this.#pointOut(ctx)
    return view.render('pages/customers/form', { customer, states: brazilianStates })
  }

  /** `?refused=` names what the provider did not accept: said at its field. */
  #pointOut({ request, session, i18n }: HttpContext) {
    const subject = String(request.qs().refused ?? '')
    const field = customerFieldOf(subject)
    if (!field || session.flashMessages.has('inputErrorsBag')) return
    const messages = [i18n.t(`receivables.refusals.${subject}`)]
    session.flashMessages.set('inputErrorsBag', { [field]: messages })
  }

  async update(ctx: HttpContext) {
    const { request } = await this.#manager(ctx)
    const customer = await this.#customer(ctx)
    const form = await request.validateUsing(customerValidator, formMeta(ctx))
    return this.#save(ctx, form, customer)
  }

  async #save(ctx: HttpContext, form: CustomerForm, customer?: Customer) {
    const { tenant, response, session, i18n } = ctx
    const taxId: TaxId | null = form.tax_id ? readTaxId(form.tax_id, tenant.country) : null
    const details = detailsOf(form, customer?.locale ?? tenant.locale)
    const actor = actorOf(ctx)
    const { id } = await new SaveCustomer().handle({ tenant, customer, details, taxId, actor })
    session.flash('success', i18n.t('customers.saved'))
    return response.redirect().status(303).toPath(`/t/${tenant.slug}/customers/${id}`)
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
