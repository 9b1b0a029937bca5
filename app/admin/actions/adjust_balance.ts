import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { transaction, type Trx } from '#app/core/transaction'
import { AdjustmentNotFound, AdjustmentOverdraws, AdjustmentReversed } from '#app/admin/errors'
import { ConfirmPassword } from '#app/identity/actions/confirm_password'
import { ledger } from '#app/ledger/ledger'
import Adjustment from '#app/ledger/models/adjustment'
import Tenant from '#app/tenants/models/tenant'

/** A new one by its amount (plus: to the tenant), or one that takes an earlier one back. */
type What = { amountMinor: number } | { reverses: string }

type AdjustBalanceInput = What & {
  tenantId: string
  reason: string
  /** The tenant may owe afterwards. */
  mayOverdraw: boolean
  userId: string
  password: string
  actor: Actor
}

/** Money between a tenant's available balance and the platform's own, for a reason that it reads. */
export class AdjustBalance {
  /** @throws WrongPassword, AdjustmentOverdraws, AdjustmentReversed, AdjustmentNotFound */
  async handle({ userId, password, ...input }: AdjustBalanceInput): Promise<Adjustment> {
    await new ConfirmPassword().handle(userId, password)
    const tenant = await Tenant.findOrFail(input.tenantId)
    return transaction(async (trx) => {
      // The lock comes first: two decisions on the same money are made one after the other.
      const before = await ledger.lockBalance(trx, tenant.id, tenant.currency)
      const { amountMinor, reversesId } = await this.#what(trx, input)
      const availableMinor = before.availableMinor + amountMinor
      if (amountMinor < 0 && availableMinor < 0 && !input.mayOverdraw) {
        throw new AdjustmentOverdraws()
      }
      const adjustment = await Adjustment.create(
        {
          ...{ tenantId: tenant.id, currency: tenant.currency, amountMinor, reversesId },
          ...{ reason: input.reason, createdBy: userId },
        },
        { client: trx }
      )
      await post(trx, adjustment)
      await recordAudit(trx, {
        actor: input.actor,
        action: reversesId ? 'adjustment.reversed' : 'adjustment.made',
        subject: { type: 'adjustment', id: adjustment.id },
        tenantId: tenant.id,
        details: { amountMinor, currency: tenant.currency, reason: input.reason, availableMinor },
      })
      return adjustment
    })
  }

  async #what(trx: Trx, input: What & { tenantId: string }) {
    if ('amountMinor' in input) return { amountMinor: input.amountMinor, reversesId: null }
    const { tenantId, reverses: id } = input
    const rows = () => Adjustment.query({ client: trx }).where('tenant_id', tenantId)
    const reversed = await rows().where('id', id).whereNull('reverses_id').first()
    if (!reversed) throw new AdjustmentNotFound()
    if (await rows().where('reverses_id', id).first()) throw new AdjustmentReversed()
    return { amountMinor: -reversed.amountMinor, reversesId: id }
  }
}

const post = (trx: Trx, { reference, tenantId, currency, amountMinor }: Adjustment) =>
  ledger.post(trx, {
    reference,
    kind: 'adjustment',
    tenantId,
    currency,
    occurredAt: clock.now(),
    entries: [
      { account: 'platform:other', amountMinor },
      { account: 'tenant:available', amountMinor: -amountMinor },
    ],
  })
