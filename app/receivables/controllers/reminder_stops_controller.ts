import { errors, type HttpContext } from '@adonisjs/core/http'
import { maskedAddress } from '#app/core/mail/header_text'
import { ResumeReminders, StopReminders } from '#app/receivables/actions/stop_reminders'
import type Customer from '#app/receivables/models/customer'
import { customerToStop, reminderStop, STOP_PURPOSE } from '#app/receivables/queries/reminders'
import { tenantBrand } from '#app/tenants/queries/brand'

/**
 * Where customers end a tenant's reminders: no login and no session, the signature of the address is
 * what allows it. Mail programs post here without showing the page (RFC 8058).
 */
export default class ReminderStopsController {
  /** Asks first: mail scanners open every link. */
  async show(ctx: HttpContext) {
    return this.#page(ctx, await this.#customer(ctx))
  }

  async store(ctx: HttpContext) {
    const customer = await this.#customer(ctx)
    const wantsThem = ctx.request.input('wanted') === 'yes'
    await (wantsThem ? new ResumeReminders() : new StopReminders()).handle(customer)
    return this.#page(ctx, customer)
  }

  async #customer({ request, params }: HttpContext): Promise<Customer> {
    const isOurs = request.hasValidSignature(STOP_PURPOSE)
    const customer = isOurs ? await customerToStop(params.id) : null
    if (customer) return customer
    throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
  }

  async #page({ request, response, view }: HttpContext, { tenantId, id, email }: Customer) {
    response.header('Cache-Control', 'no-store')
    response.header('X-Robots-Tag', 'noindex, nofollow')
    const stop = await reminderStop(tenantId, id)
    return view.render('pages/receivables/reminder_stop', {
      brand: await tenantBrand(tenantId),
      address: maskedAddress(email),
      isStopped: stop !== null,
      here: request.url(true),
    })
  }
}
