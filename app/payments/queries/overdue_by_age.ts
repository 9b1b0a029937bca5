import db from '@adonisjs/lucid/services/db'

/** Days past due: each age begins with the day named and ends before the next one. */
export const ages = [1, 8, 31, 61, 91] as const

export interface Overdue {
  currency: string
  /** One of `ages`. */
  fromDays: number
  count: number
  /** What is still to be paid. */
  amountMinor: number
}

interface Input {
  /** Left out: of all tenants. */
  tenantId?: string
  /** Where the tenant, or else the reader, lives. */
  today: string
}

/** What is past due and not paid, by how long. */
export async function overdueByAge({ tenantId, today }: Input): Promise<Overdue[]> {
  // tenant: left out, the platform's own page asks for all of them together.
  const query = db
    .from('receivables')
    .whereRaw(`state in ('open', 'partially_paid')`)
    .where('due_on', '<', today)
    .groupBy('currency', 'due_on')
    .select('currency', 'due_on')
    .count('* as count')
    .select(db.raw('sum(amount_minor - paid_minor - coalesce(waived_minor, 0)) as amount'))
  if (tenantId) query.where('tenant_id', tenantId)
  const found = new Map<string, Overdue>()
  for (const row of await query) {
    const fromDays = ageOf(String(row.due_on), today)
    const key = `${row.currency} ${fromDays}`
    const known = found.get(key) ?? { currency: row.currency, fromDays, count: 0, amountMinor: 0 }
    known.count += Number(row.count)
    known.amountMinor += Number(row.amount)
    found.set(key, known)
  }
  return [...found.values()]
}

function ageOf(dueOn: string, today: string): number {
  const days = (Date.parse(today) - Date.parse(dueOn.slice(0, 10))) / DAY_MS
  return ages.findLast((age) => age <= days)!
}

const DAY_MS = 86_400_000
