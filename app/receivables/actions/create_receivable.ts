import type Tenant from '#app/tenants/models/tenant'
import { recordAudit, type Actor } from '#app/core/audit'
import { newPublicToken } from '#app/core/ids'
import { transaction, type Trx } from '#app/core/transaction'
import { checkPayUntil } from '#app/receivables/issue_day'
import Receivable from '#app/receivables/models/receivable'
import { chargeableCustomer } from '#app/receivables/queries/chargeable_customer'
import { checkStore } from '#app/receivables/queries/check_store'
import type { Terms } from '#app/receivables/terms'

/** What a member writes down of a receivable. */
export interface ReceivableInput {
  customerId: string
  storeId: string
  description: string
  amountMinor: number
  /** Calendar days where the tenant lives. */
  dueOn: string
  payUntil: string
  /** Left out where nothing carries them. */
  terms?: Terms
}

export interface CreateReceivableInput extends ReceivableInput {
  tenant: Tenant
  /** The stores that the member may use; null is every store of the tenant. */
  storeIds: string[] | null
  actor: Actor
}

/** Writes down what a customer owes; nothing is offered to the customer yet. */
export class CreateReceivable {
  /**
   * @throws NoSuchCustomer
   * @throws NoSuchStore
   * @throws PayUntilBeforeDue
   * @throws PayUntilTooLate
   */
  async handle(input: CreateReceivableInput): Promise<Receivable> {
    const { tenant } = input
    checkPayUntil(input.dueOn, input.payUntil)
    await checkStore(input)
    return transaction(async (trx) => {
      const { id: customerId } = await chargeableCustomer(trx, tenant.id, input.customerId)
      return this.within(trx, { ...input, customerId })
    })
  }

  /** Writes it as a part of something larger: customer, store and dates are known to be right. */
  async within(
    trx: Trx,
    { tenant, actor, ...given }: Omit<CreateReceivableInput, 'storeIds'>
  ): Promise<Receivable> {
    const { customerId, storeId, description, amountMinor, dueOn, payUntil, terms } = given
    const receivable = await Receivable.create(
      {
        ...{ tenantId: tenant.id, storeId, customerId, description, amountMinor },
        currency: tenant.currency,
        ...{ dueOn, payUntil, state: 'draft', paidMinor: 0, refundedMinor: 0 },
        ...terms,
        publicToken: newPublicToken(),
        createdBy: actor.kind === 'user' ? actor.userId : null,
      },
      { client: trx }
    )
    await recordAudit(trx, {
      actor,
      action: 'receivable.created',
      subject: { type: 'receivable', id: receivable.id },
      tenantId: tenant.id,
      details: { amountMinor, currency: tenant.currency, dueOn, ...terms },
    })
    return receivable
  }
}
