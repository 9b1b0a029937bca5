import { Readable } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import { BYTE_ORDER_MARK, csvText } from '#app/core/csv_text'
import { formatLocale } from '#app/core/format_locale'
import { amountInput } from '#app/core/money_text'
import { chargeTypes } from '#app/ledger/queries/movements'
import { requestedStatement } from '#app/payments/controllers/requested_statement'
import { typeName } from '#app/payments/payment_types'
import StatementPolicy from '#app/payments/policies/statement_policy'
import { statement, type Line, type StatementInput } from '#app/payments/queries/statement'

/** Rows held at a time: a file of any length takes the same memory. */
const READ_AT_ONCE = 500

const about = ['at', 'kind', 'description', 'customer', 'store', 'type', 'provider_id', 'release']
const amounts = ['gross', ...chargeTypes, 'platform_fee']
const changes = ['pending', 'available', 'reserved']

/** The movements of the filter as a file for a spreadsheet. */
export default class StatementExportsController {
  async show(ctx: HttpContext) {
    await ctx.bouncer.with(StatementPolicy).authorize('view', ctx.membership)
    const { input } = await requestedStatement(ctx)
    ctx.response.type('text/csv; charset=utf-8')
    ctx.response.header('Content-Disposition', 'attachment; filename="statement.csv"')
    return ctx.response.stream(Readable.from(linesOf(ctx, { ...input, after: undefined })))
  }
}

async function* linesOf(ctx: HttpContext, input: StatementInput) {
  const after = changes.map((name) => `${name}_after`)
  const headings = [...about, ...amounts, ...changes, ...after, 'currency']
  yield BYTE_ORDER_MARK + csvText(headings.map((name) => ctx.i18n.t(`statement.export.${name}`)))
  for (let from: string | undefined; ;) {
    const { lines, next } = await statement({ ...input, after: from, limit: READ_AT_ONCE })
    yield lines.map((line) => csvText(cellsOf(ctx, line))).join('')
    if (!next) return
    from = next
  }
}

/** Times as ISO where the tenant lives; amounts with the decimal sign of the reader. */
function cellsOf({ tenant, i18n }: HttpContext, line: Line): string[] {
  const { subject, change, after, charges, currency } = line
  const locale = formatLocale(i18n.locale, tenant.country)
  const amount = (amountMinor: number) => amountInput({ amountMinor, currency }, locale)
  const charged = (name: string) => charges.find(({ type }) => type === name)?.amountMinor ?? 0
  const local = line.occurredAt.setZone(tenant.timeZone)
  return [
    local.toFormat("yyyy-MM-dd'T'HH:mm:ss"),
    i18n.t(`statement.kinds.${line.kind}`),
    ...[subject?.description ?? line.reason ?? '', subject?.customer ?? '', subject?.store ?? ''],
    subject ? i18n.t(`payments.types.${typeName(subject.type)}`) : '',
    subject?.providerPaymentId ?? '',
    subject?.releaseAt?.setZone(tenant.timeZone).toISODate() ?? '',
    amount(line.grossMinor),
    ...chargeTypes.map((type) => amount(charged(type))),
    amount(line.feeMinor),
    ...[change.pendingMinor, change.availableMinor, change.reservedMinor].map(amount),
    ...[after.pendingMinor, after.availableMinor, after.reservedMinor].map(amount),
    currency,
  ]
}
