import type { Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { ledger } from '#app/ledger/ledger'
import Tenant from '#app/tenants/models/tenant'
import { PayoutNotPossible } from '#app/payouts/errors'
import { advance, onPayout } from '#app/payouts/movements'

/** The money begins to leave: from here on it can only be paid or fail. */
export class StartPayout {
  /**
   * A refund or dispute after the request may have left the tenant owing: nothing leaves until
   * later sales have paid it back.
   * @throws PayoutNotFound, PayoutStateConflict, PayoutNotPossible
   */
  handle({ payoutId, actor }: { payoutId: string; actor: Actor }) {
    return onPayout({ payoutId }, async (trx, payout) => {
      const balance = await ledger.lockBalance(trx, payout.tenantId, payout.currency)
      const tenant = await Tenant.findOrFail(payout.tenantId, { client: trx })
      if (!tenant.maySell) throw new PayoutNotPossible({ reason: 'tenant_not_active' })
      if (balance.availableMinor < 0) throw new PayoutNotPossible({ reason: 'below_zero' })
      payout.sentAt = clock.now()
      return advance(trx, payout, 'processing', actor)
    })
  }
}
