import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { requestedPeriod } from '#app/core/http/requested_period'
import { periodNames } from '#app/core/periods'
import { connectionsToMend } from '#app/gateway/queries/connection_health'
import { tenantFigures } from '#app/payments/queries/figures'
import { payoutStanding } from '#app/payouts/queries/payout_standing'
import { receivableList } from '#app/receivables/queries/receivable_list'
import { visibleStoreIds } from '#app/receivables/queries/visible_stores'
import TenantPolicy from '#app/tenants/policies/tenant_policy'

const SHOWN = 5

/** What a member sees first: what is late, what is due, what the tenant has, what to do next. */
export default class OverviewsController {
  async show(ctx: HttpContext) {
    const { bouncer, tenant, membership, view } = ctx
    const { period, today } = await requestedPeriod(ctx, tenant.timeZone)
    const scope = { tenant, storeIds: await visibleStoreIds(membership) }
    const overdue = await receivableList({ ...scope, filter: 'overdue' })
    const latest = await receivableList(scope)
    const seesBalance = await bouncer.with(TenantPolicy).allows('seeBalance', membership)
    return view.render('pages/tenants/overview', {
      ...{ today, period, periodNames },
      toMend: membership.role === 'owner' ? await connectionsToMend(tenant.id) : [],
      overdue: overdue.receivables.slice(0, SHOWN),
      overdueCount: countOf(overdue),
      latest: latest.receivables.slice(0, SHOWN),
      hasReceivables: latest.receivables.length > 0,
      standing: seesBalance ? await payoutStanding(db.connection(), tenant.id) : null,
      figures: seesBalance ? await tenantFigures(tenant, { period, today }) : null,
    })
  }
}

/** "12", or "30+" when there are more than one page holds: counting them all helps nobody. */
const countOf = ({ receivables, next }: Awaited<ReturnType<typeof receivableList>>) =>
  `${receivables.length}${next ? '+' : ''}`
