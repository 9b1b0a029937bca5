import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { checkTaxId, taxIdKinds } from '#app/core/tax_ids'
import { blindIndex } from '#app/core/vault'
import Tenant, { type TenantState } from '#app/tenants/models/tenant'

export const PAGE_SIZE = 30

interface ListInput {
  /** Part of a name, the beginning of an address, or a whole tax id. */
  search?: string
  state?: TenantState
  /** The last row of the page before. */
  after?: string
}

/** Tenants, the newest first, with what their plan gives them. */
export async function tenantList({ search, state, after }: ListInput) {
  const query = Tenant.query()
    .preload('entitlement')
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
  if (search) narrow(query, search)
  if (state) query.where('state', state)
  if (after) query.where('id', '<', after)
  const rows = await query
  const tenants = rows.slice(0, PAGE_SIZE)
  return { tenants, next: rows.length > PAGE_SIZE ? tenants[PAGE_SIZE - 1].id : null }
}

const MOST_LIKE = 50
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Whom a search means: the tenant with this id, else those it finds. */
export async function tenantIdsLike(search: string): Promise<string[]> {
  const query = Tenant.query().orderBy('id', 'desc').limit(MOST_LIKE).select('id')
  if (UUID.test(search)) query.where('id', search)
  else narrow(query, search)
  const found = await query
  return found.map(({ id }) => id)
}

/** Letters that mean something in a pattern, taken literally. */
const literal = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

function narrow(query: ModelQueryBuilderContract<typeof Tenant>, search: string) {
  const taxIds = taxIdKinds.flatMap((kind) => checkTaxId(kind, search)?.digits ?? [])
  const pattern = literal(search.toLowerCase())
  query.where((either) => {
    either
      .whereRaw(`lower(trade_name) like ? escape '\\'`, [`%${pattern}%`])
      .orWhereRaw(`lower(legal_name) like ? escape '\\'`, [`%${pattern}%`])
      .orWhereRaw(`slug like ? escape '\\'`, [`${pattern}%`])
    if (taxIds.length > 0) {
      either.orWhereIn(
        'tax_id_index',
        taxIds.map((digits) => blindIndex(digits, 'tenant.tax_id'))
      )
    }
  })
}
