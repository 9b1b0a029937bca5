import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#app/core/http/actor'
import { ExportCustomer } from '#app/receivables/actions/export_customer'
import { requestedCustomer } from '#app/receivables/controllers/requested_customer'
import { customerDataCsv } from '#app/receivables/customer_data_csv'
import CustomerPolicy from '#app/receivables/policies/customer_policy'
import { exportValidator } from '#app/receivables/validators/customer'
import { readableData } from '#app/receivables/readable_data'
import customerParts from '#start/customer_parts'

/** All that is kept of one person, for that person: a page, or a file. */
export default class CustomerExportsController {
  async show(ctx: HttpContext) {
    const { tenant, membership, request, response, view, i18n } = ctx
    await ctx.bouncer.with(CustomerPolicy).authorize('manage', membership)
    const customer = await requestedCustomer(ctx)
    const { format = 'page' } = await exportValidator.validate(request.qs())
    const input = { tenant, customer, format, actor: actorOf(ctx) }
    const data = await new ExportCustomer(customerParts).handle(input)
    response.header('Cache-Control', 'no-store')
    if (format === 'page') {
      const readable = readableData(data, tenant, i18n)
      return view.render('pages/customers/data', { customer, ...readable })
    }
    response.header('Content-Disposition', `attachment; filename="customer.${format}"`)
    if (format === 'json') {
      return response.type('application/json').send(JSON.stringify(data, null, 2))
    }
    return response.type('text/csv; charset=utf-8').send(customerDataCsv(data, i18n))
  }
}
