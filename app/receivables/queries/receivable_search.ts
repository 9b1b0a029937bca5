import { parseAmount } from '#app/core/money_text'
import { payerTaxIds } from '#app/core/tax_ids'
import { termsOf } from '#app/receivables/customer_words'
import Customer, { taxIdIndex } from '#app/receivables/models/customer'
import type Receivable from '#app/receivables/models/receivable'
import type Tenant from '#app/tenants/models/tenant'

export interface ReceivableSearch {
  text: string
  /** That its amounts are written in. */
  locale: string
}

type Query = ReturnType<typeof Receivable.query>

const HAS_WORD = `exists (select 1 from customer_words w where w.tenant_id = receivables.tenant_id
  and w.customer_id = receivables.customer_id and w.word >= ? and w.word < ?)`

/** The range of all words with this beginning. */
const bounds = (term: string) => [term, `${term}\u{10ffff}`]

/** Letters that mean something in a pattern, taken literally. */
const literal = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

/** A whole tax id means its customer and nothing else; other texts may mean several things. */
export function narrowToSearch(query: Query, tenant: Tenant, { text, locale }: ReceivableSearch) {
  const indexes = payerTaxIds(text, tenant.country).map((taxId) => taxIdIndex(tenant.id, taxId))
  if (indexes.length > 0) {
    const customers = Customer.query()
      .where('tenant_id', tenant.id)
      .whereIn('tax_id_index', indexes)
      .select('id')
    query.whereIn('customer_id', customers)
    return
  }
  const terms = termsOf(text)
  const amountMinor = parseAmount(text, tenant.currency, locale)
  query.where((either) => {
    either.whereRaw(`lower(description) like ? escape '\\'`, [`%${literal(text.toLowerCase())}%`])
    if (amountMinor !== null) either.orWhere('amount_minor', amountMinor)
    if (terms.length === 0) return
    either.orWhere((all) => {
      for (const term of terms) all.whereRaw(HAS_WORD, bounds(term))
    })
  })
}
