import type Tenant from '#app/tenants/models/tenant'
import { recordAudit, type Actor } from '#app/core/audit'
import { transaction, type Trx } from '#app/core/transaction'
import type { ProviderPayment } from '#app/gateway/provider'
import { ProviderError } from '#app/gateway/provider_errors'
import { NoCredential } from '#app/gateway/gateway_errors'
import { WithdrawCharge } from '#app/receivables/actions/withdraw_charge'
import { activeStates, chargeStateOf, hasEnded } from '#app/receivables/charge_states'
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
    const withdrawn = new Set<string>()
    for (const charge of await this.#activeCharges(input)) {
      if (charge.state === 'scheduled') continue
      await this.#withdraw(charge)
      withdrawn.add(charge.id)
    }
    return transaction((trx) => this.#cancel(trx, input, withdrawn))
  }

  #activeCharges({ tenant, receivableId }: CancelInput, trx?: Trx) {
    return Charge.query({ client: trx })
      .where({ tenant_id: tenant.id, receivable_id: receivableId })
      .whereIn('state', [...activeStates])
      .orderBy('id')
  }

  async #withdraw(charge: Charge): Promise<void> {
    if (charge.state === 'creating') throw new NotCancelledYet()
    const payments = await this.#stopped(charge)
    // Paid, or still about to be: the news of it decides.
    if (!payments.every((payment) => hasEnded(chargeStateOf(payment)))) throw new NotCancelledYet()
  }

  async #stopped(charge: Charge): Promise<ProviderPayment[]> {
    try {
      return await new WithdrawCharge().handle(charge)
    } catch (error) {
      if (error instanceof ProviderError || error instanceof NoCredential) {
        throw new NotCancelledYet()
      }
      throw error
    }
  }

  async #cancel(trx: Trx, input: CancelInput, withdrawn: Set<string>): Promise<Receivable> {
    const { tenant, receivableId, actor } = input
    // Charges before their receivable: the order in which settling locks them.
    await this.#activeCharges(input, trx).forUpdate()
    const receivable = await Receivable.query({ client: trx })
      .where({ tenant_id: tenant.id, id: receivableId })
      .forUpdate()
      .firstOrFail()
    if (!receivable.isOpen) throw new CannotBeCancelled()
    // Read again: one may have been issued until the receivable was locked.
    const charges = await this.#activeCharges(input, trx)
    for (const charge of charges) {
      if (charge.state !== 'scheduled' && !withdrawn.has(charge.id)) throw new NotCancelledYet()
      await charge.moveTo('cancelled').closeCheckout().save()
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
