import type { HttpContext } from '@adonisjs/core/http'
import type { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { withQuery } from '#app/core/http/query_string'
import { endOfDay } from '#app/core/periods'
import { balanceAt } from '#app/ledger/queries/balance_at'
import { requestedStatement } from '#app/payments/controllers/requested_statement'
import { paymentTypes, typeName } from '#app/payments/payment_types'
import StatementPolicy from '#app/payments/policies/statement_policy'
import { statement, type StatementInput } from '#app/payments/queries/statement'
import { buckets, statementKinds } from '#app/payments/statement_kinds'
import { storesOf } from '#app/tenants/queries/stores'

export default class StatementsController {
  async index(ctx: HttpContext) {
    const { tenant, membership, view } = ctx
    await ctx.bouncer.with(StatementPolicy).authorize('view', membership)
    const { form, input } = await requestedStatement(ctx)
    const { lines, next } = await statement(input)
    const { after, ...narrowed } = form
    const today = clock.today(tenant.timeZone)
    return view.render('pages/statement/index', {
      ...{ lines, form, statementKinds, buckets, paymentTypes, typeName, today },
      ...(await edgesOf({ ...input, until: input.until ?? endOfDay(today, tenant.timeZone) })),
      stores: await storesOf(tenant.id),
      month: (form.until ?? today).slice(0, 7),
      isNarrowed: Object.values(narrowed).some(Boolean),
      exportQuery: withQuery(narrowed),
      next: next && withQuery({ ...narrowed, after: next }),
    })
  }
}

/** The balance at the period's end, and at its start where it has one. */
async function edgesOf({ from, until, tenantId, currency }: StatementInput & { until: DateTime }) {
  const at = (before: DateTime) => balanceAt({ tenantId, currency, before })
  return { opening: from ? await at(from) : null, closing: await at(until) }
}
