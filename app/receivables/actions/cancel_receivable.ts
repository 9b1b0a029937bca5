import type Tenant from '#app/tenants/models/tenant'
import { recordAudit, type Actor } from '#app/core/audit'
import { newId } from '#app/core/ids'
import { transaction, type Trx } from '#app/core/transaction'
import { mercadoPago } from '#app/gateway/mercado_pago'
import { ProviderError } from '#app/gateway/provider_errors'
import { NoCredential } from '#app/gateway/gateway_errors'
import { activeStates } from '#app/receivables/charge_states'
import Charge from '#app/receivables/models/charge'
import Receivable from '#app/receivables/models/receivable'
import { CannotBeCancelled, NotCancelledYet } from '#app/receivables/receivable_errors'

interface CancelInput {
  tenant: Tenant
  receivableId: string
  actor: Actor
}

/** Ends a receivable that nobody paid: its charges are cancelled at the provider first. */
export class CancelReceivable {
  /**
   * @throws CannotBeCancelled when money came or it has ended
   * @throws NotCancelledYet when a charge may still be payable
   */
  async handle(input: CancelInput): Promise<Receivable> {
    const charges = await this.#activeCharges(input)
    for (const charge of charges) await this.#withdraw(charge)
    return transaction((trx) => this.#cancel(trx, input))
  }

  #activeCharges({ tenant, receivableId }: CancelInput, trx?: Trx) {
    return Charge.query({ client: trx })
      .where({ tenant_id: tenant.id, receivable_id: receivableId })
      .whereIn('state', [...activeStates])
      .orderBy('id')
      .forUpdate()
  }

  /** Cancelling twice is harmless at the provider, so that a lost answer is simply asked again. */
  async #withdraw(charge: Charge): Promise<void> {
    if (charge.state === 'scheduled') return
    if (charge.providerPaymentId === null) throw new NotCancelledYet()
    try {
      const client = mercadoPago.on(charge.account)
      charge.follow(await client.cancelPayment(charge.providerPaymentId, newId()))
    } catch (error) {
      if (error instanceof ProviderError || error instanceof NoCredential) {
        throw new NotCancelledYet()
      }
      throw error
    }
    if (charge.isActive) throw new NotCancelledYet()
  }

  async #cancel(trx: Trx, input: CancelInput): Promise<Receivable> {
    const { tenant, receivableId, actor } = input
    // Charges before their receivable: the order in which settling locks them.
    const charges = await this.#activeCharges(input, trx)
    const receivable = await Receivable.query({ client: trx })
      .where({ tenant_id: tenant.id, id: receivableId })
      .forUpdate()
      .firstOrFail()
    if (!receivable.isOpen) throw new CannotBeCancelled()
    for (const charge of charges) {
      if (charge.state === 'creating') throw new NotCancelledYet()
      await charge.moveTo('cancelled').save()
    }
    await receivable.moveTo('cancelled').save()
    await recordAudit(trx, {
      actor,
      action: 'receivable.cancelled',
      subject: { type: 'receivable', id: receivable.id },
      tenantId: tenant.id,
      details: { charges: charges.map(({ id }) => id) },
    })
    return receivable
  }
}
