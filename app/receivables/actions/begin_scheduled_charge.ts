import { recordAudit } from '#app/core/audit'
import { DomainError } from '#app/core/errors'
import { transaction } from '#app/core/transaction'
import { GatewayResolver } from '#app/gateway/gateway_resolver'
import { estimate } from '#app/gateway/queries/rates'
import { routeColumns } from '#app/receivables/charge_route'
import Charge from '#app/receivables/models/charge'

/** Its day has come: the account and the fee are those of today, not of the day of planning. */
export class BeginScheduledCharge {
  /** @returns the charge as `creating`, or null when it was cancelled or can no longer be issued */
  async handle(charge: Charge): Promise<Charge | null> {
    try {
      const columns = await this.#route(charge)
      return await this.#change(charge, (row) => row.merge(columns).moveTo('creating'))
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      const { key } = error
      await this.#change(charge, (row) => row.merge({ failureCode: key }).moveTo('rejected'))
      return null
    }
  }

  async #route({ tenantId, storeId, currency, amountMinor, method }: Charge) {
    const route = await new GatewayResolver().forSale({ tenantId, storeId, currency })
    const { percent: feePercent } = route.feeRule
    const share = await estimate({ ...route, method, amountMinor, feePercent })
    return routeColumns(route, share, method)
  }

  /** Its receivable may be cancelled at this very moment: whoever locks the row first decides. */
  #change({ id, tenantId }: Charge, change: (row: Charge) => void): Promise<Charge | null> {
    return transaction(async (trx) => {
      const row = await Charge.query({ client: trx })
        .where({ tenant_id: tenantId, id })
        .forUpdate()
        .firstOrFail()
      if (row.state !== 'scheduled') return null
      change(row)
      const begun = row.failureCode === null
      await recordAudit(trx, {
        actor: { kind: 'worker' },
        action: begun ? 'charge.requested' : 'charge.refused',
        subject: { type: 'charge', id },
        tenantId,
        details: { failureCode: row.failureCode },
      })
      return row.save()
    })
  }
}
