import Adjustment, { adjustmentReference } from '#app/ledger/models/adjustment'

export const PAGE_SIZE = 30

/** A tenant's adjustments, the newest first, with the ones that took them back. */
export async function adjustmentList({ tenantId, after }: { tenantId: string; after?: string }) {
  const query = Adjustment.query()
    .where('tenant_id', tenantId)
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
  if (after) query.where('id', '<', after)
  const rows = await query
  const page = rows.slice(0, PAGE_SIZE)
  const reversals = await Adjustment.query()
    .where('tenant_id', tenantId)
    .whereIn(
      'reverses_id',
      page.map(({ id }) => id)
    )
  const reversed = new Set(reversals.map(({ reversesId }) => reversesId))
  return {
    adjustments: page.map((adjustment) => ({
      adjustment,
      mayReverse: adjustment.reversesId === null && !reversed.has(adjustment.id),
    })),
    next: rows.length > PAGE_SIZE ? page[PAGE_SIZE - 1].id : null,
  }
}

/** One that can still be taken back; null where there is none of this id. */
export async function reversibleAdjustment(
  tenantId: string,
  id: string
): Promise<Adjustment | null> {
  const adjustment = await Adjustment.query()
    .where({ tenant_id: tenantId, id })
    .whereNull('reverses_id')
    .first()
  const reversal = Adjustment.query().where({ tenant_id: tenantId, reverses_id: id })
  return adjustment && !(await reversal.first()) ? adjustment : null
}

/** Why money was given or taken, by the ledger's reference. */
export async function adjustmentReasons(
  tenantId: string,
  references: string[]
): Promise<Map<string, string>> {
  const ids = references.map((reference) => reference.slice(adjustmentReference('').length))
  if (ids.length === 0) return new Map()
  const rows = await Adjustment.query().where('tenant_id', tenantId).whereIn('id', ids)
  return new Map(rows.map((row) => [row.reference, row.reason]))
}
