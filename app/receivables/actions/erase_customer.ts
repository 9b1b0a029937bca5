import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { transaction, type Trx } from '#app/core/transaction'
import { CustomerStillOpen } from '#app/receivables/customer_errors'
import { forgetWords } from '#app/receivables/customer_words'
import Customer from '#app/receivables/models/customer'
import type { CustomerPart, CustomerRef } from '#app/receivables/queries/customer_part'
import { openParts } from '#app/receivables/queries/open_parts'
import { NoSuchCustomer } from '#app/receivables/receivable_errors'

interface EraseInput {
  customer: CustomerRef
  dryRun?: boolean
  actor: Actor
}

/**
 * Takes out of all tables what tells who a customer was. Its receivables and payments stay, under a
 * name that says nothing; the ledger never knew it. There is no way back.
 */
export class EraseCustomer {
  constructor(private parts: readonly CustomerPart[]) {}

  /**
   * @param input with `dryRun` nothing is changed
   * @returns whether anything was there to be erased: false the second time
   * @throws CustomerStillOpen, NoSuchCustomer for one that was merged into another
   */
  async handle({ customer, actor, dryRun = false }: EraseInput): Promise<boolean> {
    return transaction(async (trx) => {
      const row = await lockedCustomer(trx, customer)
      if (row.erasedAt) return false
      const open = await openParts(trx, this.parts, row)
      if (open.length > 0) throw new CustomerStillOpen(open)
      if (dryRun) return true
      for (const part of this.parts) await part.erase?.(trx, row)
      await forgetPerson(trx, row)
      await row.merge({ erasedAt: clock.now() }).save()
      await recordAudit(trx, {
        actor,
        action: 'customer.erased',
        subject: { type: 'customer', id: row.id },
        tenantId: row.tenantId,
      })
      return true
    })
  }
}

/** Nothing new begins for the customer while it is held: see `chargeableCustomer`. */
async function lockedCustomer(trx: Trx, { id, tenantId }: CustomerRef): Promise<Customer> {
  const row = await Customer.query({ client: trx })
    .where({ tenant_id: tenantId, id })
    .forUpdate()
    .first()
  if (!row || row.mergedIntoId) throw new NoSuchCustomer()
  return row
}

const NOTHING = {
  email: '',
  phone: null,
  contactName: null,
  postalCode: null,
  street: null,
  streetNumber: null,
  complement: null,
  district: null,
  city: null,
  stateCode: null,
  taxIdCiphertext: null,
  taxIdIndex: null,
  taxIdMasked: '***',
} as const

/** Leaves a row without a person in it; does not save. The name is a part of the id. */
export async function forgetPerson(trx: Trx, customer: Customer): Promise<Customer> {
  await forgetWords(trx, customer.tenantId, [customer.id])
  customer.useTransaction(trx).merge({ ...NOTHING, name: `#${customer.id.slice(-8)}` })
  return customer
}
