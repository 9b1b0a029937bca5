import { Readable } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import { formatLocale } from '#app/core/format_locale'
import { amountInput } from '#app/core/money_text'
import { clock } from '#app/core/clock'
import { requestedList } from '#app/receivables/controllers/requested_list'
import { BYTE_ORDER_MARK, csvText } from '#app/core/csv_text'
import type Receivable from '#app/receivables/models/receivable'
import ReceivablePolicy from '#app/receivables/policies/receivable_policy'
import {
  receivableList,
  type ListCursor,
  type ListInput,
} from '#app/receivables/queries/receivable_list'

/** Rows held at a time: a file of any length takes the same memory. */
const READ_AT_ONCE = 500

const columns = ['due_on', 'customer', 'tax_id', 'description', 'store', 'state', 'amount', 'paid']

/** The receivables of the filter as a file for a spreadsheet. */
export default class ReceivableExportsController {
  async show(ctx: HttpContext) {
    await ctx.bouncer.with(ReceivablePolicy).authorize('view', ctx.membership)
    const { input } = await requestedList(ctx)
    ctx.response.type('text/csv; charset=utf-8')
    ctx.response.header('Content-Disposition', 'attachment; filename="receivables.csv"')
    return ctx.response.stream(Readable.from(linesOf(ctx, { ...input, after: undefined })))
  }
}

async function* linesOf(ctx: HttpContext, input: ListInput) {
  const headings = columns.map((name) => ctx.i18n.t(`receivables.export.${name}`))
  yield BYTE_ORDER_MARK + csvText([...headings, ctx.i18n.t('receivables.export.currency')])
  for (let after: ListCursor | undefined; ;) {
    const { receivables, next } = await receivableList({ ...input, after, limit: READ_AT_ONCE })
    yield receivables.map((receivable) => csvText(cellsOf(ctx, receivable))).join('')
    if (!next) return
    after = next
  }
}

/** Dates as ISO, which every spreadsheet reads; amounts with the decimal sign of the reader. */
function cellsOf({ tenant, i18n }: HttpContext, receivable: Receivable): string[] {
  const { dueOn, customer, description, store, currency, amountMinor, paidMinor } = receivable
  const isOverdue = receivable.isOverdue(clock.today(tenant.timeZone))
  const state = isOverdue ? 'overdue' : receivable.state
  const locale = formatLocale(i18n.locale, tenant.country)
  const amount = (minor: number) => amountInput({ amountMinor: minor, currency }, locale)
  return [
    ...[dueOn, customer.name, customer.taxIdMasked, description, store.name],
    i18n.t(`receivables.states.${state}`),
    ...[amount(amountMinor), amount(paidMinor), currency],
  ]
}
