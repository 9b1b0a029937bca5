import type { HttpContext } from '@adonisjs/core/http'
import { feeCsv } from '#app/payments/queries/fee_csv'
import { feesOfMonth } from '#app/payments/queries/fee_months'

const about = ['month', 'tenant', 'tenant_tax_id', 'document']

/** A month's fees of all tenants as a file: what documents are to be issued for. */
export default class FeeExportsController {
  async show({ params, i18n, response }: HttpContext) {
    const { month } = params
    const fees = await feesOfMonth(month)
    const rows = fees.map(({ tenant, totals, documentNumber }) => ({
      about: [month, tenant.legalName, `${tenant.taxIdKind} ${tenant.taxId}`, documentNumber ?? ''],
      totals,
      currency: tenant.currency,
    }))
    response.type('text/csv; charset=utf-8')
    response.header('Content-Disposition', `attachment; filename="fees-${month}.csv"`)
    return feeCsv(i18n, i18n.locale, about, rows)
  }
}
