import DailyClose from '#app/admin/models/daily_close'

export const PAGE_SIZE = 30

/** Closed days, the latest first. @param after "2026-11-21_BRL": the last row of the page before */
export async function dailyCloses({ after }: { after?: string }) {
  const query = DailyClose.query()
    .orderBy('day', 'desc')
    .orderBy('currency', 'desc')
    .limit(PAGE_SIZE + 1)
  if (after) {
    const [day, currency] = after.split('_')
    query.where('day', '<=', day).where((older) => {
      older.where('day', '<', day).orWhere('currency', '<', currency)
    })
  }
  const rows = await query
  const closes = rows.slice(0, PAGE_SIZE)
  const last = closes.at(-1)
  const next = rows.length > PAGE_SIZE && last ? `${last.day}_${last.currency}` : null
  return { closes, next }
}

/** The rows of the last day that was closed; none before the first. */
export async function lastClose(): Promise<DailyClose[]> {
  const last = await DailyClose.query().orderBy('day', 'desc').first()
  return last ? DailyClose.query().where('day', last.day).orderBy('currency') : []
}
