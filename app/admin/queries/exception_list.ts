import string from '@adonisjs/core/helpers/string'
import ExceptionCase from '#app/payments/models/exception_case'
import Tenant from '#app/tenants/models/tenant'

export const PAGE_SIZE = 30

type ExceptionDetail =
  { name: string; text: string } | { name: string; amountMinor: number; currency: string }

interface ListInput {
  state?: ExceptionCase['state']
  /** The last row of the page before. */
  after?: string
}

/** What a person should decide on, of all tenants and of the platform's own accounts. */
export async function exceptionList({ state, after }: ListInput) {
  // tenant: the platform sees those of all, and decides nothing in a tenant's name.
  const query = ExceptionCase.query()
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
  if (state) query.where('state', state)
  if (after) query.where('id', '<', after)
  const rows = await query
  const page = rows.slice(0, PAGE_SIZE)
  const tenants = await tenantsOf(page)
  return {
    exceptions: page.map((exception) => ({
      exception,
      tenant: tenants.get(exception.tenantId ?? '') ?? null,
      details: detailsOf(exception, tenants.get(exception.tenantId ?? '')),
    })),
    next: rows.length > PAGE_SIZE ? page[PAGE_SIZE - 1].id : null,
  }
}

/** An amount is in the currency that the details name, else in the tenant's. */
function detailsOf(exception: ExceptionCase, tenant: Tenant | undefined): ExceptionDetail[] {
  const { currency = tenant?.currency, ...details } = exception.details
  const known = Object.entries<string | number | null>(details).filter(
    ([name, value]) => value !== null && name !== 'account'
  )
  return known.map(([name, value]) =>
    name.endsWith('Minor') && currency
      ? {
          name: string.snakeCase(name.slice(0, -'Minor'.length)),
          amountMinor: Number(value),
          currency,
        }
      : { name: string.snakeCase(name), text: String(value) }
  )
}

async function tenantsOf(exceptions: ExceptionCase[]): Promise<Map<string, Tenant>> {
  const ids = exceptions.flatMap(({ tenantId }) => tenantId ?? [])
  const tenants = ids.length > 0 ? await Tenant.query().whereIn('id', [...new Set(ids)]) : []
  return new Map(tenants.map((tenant) => [tenant.id, tenant]))
}
