import type { HttpContext } from '@adonisjs/core/http'
import { formatLocale } from '#app/core/format_locale'
import { feeCsv } from '#app/payments/queries/fee_csv'
import StatementPolicy from '#app/payments/policies/statement_policy'
import { feeMonth } from '#app/payments/queries/fee_months'
import { feeTotals } from '#app/payments/queries/fee_statement'
import { statementParties } from '#app/payments/queries/statement_parties'

const about = [
  'month',
  'tenant',
  'tenant_tax_id',
  'platform',
  'platform_tax_id',
  'document',
  'rate',
]

/** A month's fee as a file, a line for each rate. */
export default class FeeExportsController {
  async show({ bouncer, tenant, membership, params, i18n, response }: HttpContext) {
    await bouncer.with(StatementPolicy).authorize('view', membership)
    const { month, lines, documentNumber } = await feeMonth(tenant, params.month)
    const parties = await statementParties(tenant)
    const whose = [
      ...[parties.tenant.name, parties.tenant.taxId],
      ...[parties.platform.name ?? '', parties.platform.taxId ?? '', documentNumber ?? ''],
    ]
    const rows = lines.map((line) => ({
      about: [month, ...whose, line.percent],
      totals: feeTotals([line]),
      currency: line.currency,
    }))
    response.type('text/csv; charset=utf-8')
    response.header('Content-Disposition', `attachment; filename="fees-${month}.csv"`)
    return feeCsv(i18n, formatLocale(i18n.locale, tenant.country), about, rows)
  }
}
