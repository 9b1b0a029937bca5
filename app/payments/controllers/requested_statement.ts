import type { HttpContext } from '@adonisjs/core/http'
import { chosen } from '#app/core/http/query_string'
import { endOfDay, startOfDay } from '#app/core/periods'
import type { StatementInput } from '#app/payments/queries/statement'
import { statementValidator } from '#app/payments/validators/statement'

/** The filter of the address, in days of the tenant's clock. */
export async function requestedStatement(ctx: HttpContext) {
  const { id: tenantId, currency, timeZone } = ctx.tenant
  const form = await statementValidator.validate(chosen(ctx))
  const { from, until, kind, bucket, store: storeId, type, after } = form
  const input: StatementInput = {
    ...{ tenantId, currency, kind, bucket, storeId, type, after },
    from: from ? startOfDay(from, timeZone) : undefined,
    until: until ? endOfDay(until, timeZone) : undefined,
  }
  return { form, input }
}
