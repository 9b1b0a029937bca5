import type { LucidRow } from '@adonisjs/lucid/types/model'
import type { SlugifyStrategyContract } from '@adonisjs/lucid-slugify/types'
import type Tenant from '#app/tenants/models/tenant'

/**
 * "jasmim", then "jasmim-2". The package's own strategy reads the number out of the slug, and fails
 * on PostgreSQL for a name that ends in a long one.
 */
export class NextFreeSlug implements SlugifyStrategyContract {
  maxLengthBuffer = 6

  async makeSlugUnique(row: LucidRow, _field: string, wanted: string): Promise<string> {
    // A name of signs alone leaves nothing.
    const base = wanted || 'tenant'
    const model = row.constructor as typeof Tenant
    const rows = await model
      .query({ client: row.$trx })
      .select('slug')
      .where('slug', base)
      .orWhere('slug', 'like', `${base}-%`)
    const taken = new Set(rows.map(({ slug }) => slug))
    if (!taken.has(base)) return base
    let number = 2
    while (taken.has(`${base}-${number}`)) number++
    return `${base}-${number}`
  }
}
