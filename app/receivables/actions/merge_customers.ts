import { recordAudit, type Actor } from '#app/core/audit'
import { checkTaxId } from '#app/core/tax_ids'
import { transaction, type Trx } from '#app/core/transaction'
import { forgetPerson } from '#app/receivables/actions/erase_customer'
import { CannotMerge } from '#app/receivables/customer_errors'
import { indexWords } from '#app/receivables/customer_words'
import Customer from '#app/receivables/models/customer'
import type { CustomerPart } from '#app/receivables/queries/customer_part'
import type Tenant from '#app/tenants/models/tenant'

/** What is chosen together, and the columns behind it. */
const choices = {
  name: ['name'],
  email: ['email'],
  phone: ['phone'],
  contact: ['contactName'],
  language: ['locale'],
  address: ['postalCode', 'street', 'streetNumber', 'complement', 'district', 'city', 'stateCode'],
} as const satisfies Record<string, (keyof Customer)[]>

export const mergeFields = [
  'tax_id',
  ...(Object.keys(choices) as (keyof typeof choices)[]),
] as const
export type MergeField = (typeof mergeFields)[number]

interface MergeInput {
  tenant: Tenant
  /** Stays. */
  keptId: string
  /** Becomes a pointer to the one that stays. */
  goneId: string
  /** What is taken over from the one that goes; the rest is as it was. */
  taken: readonly MergeField[]
  actor: Actor
}

/** Makes one customer of two: all that hangs on the second hangs on the first afterwards. */
export class MergeCustomers {
  constructor(private parts: readonly CustomerPart[]) {}

  /** @throws CannotMerge */
  async handle(input: MergeInput): Promise<Customer> {
    return transaction(async (trx) => {
      const { kept, gone } = await this.#both(trx, input)
      await this.#move(trx, kept, gone)
      this.#take(kept, gone, input.taken)
      // First, as no two customers of a tenant have the same tax id.
      await forgetPerson(trx, gone)
      await gone.merge({ mergedIntoId: kept.id }).save()
      await kept.useTransaction(trx).save()
      await indexWords(trx, kept.tenantId, [kept])
      await recordAudit(trx, {
        actor: input.actor,
        action: 'customer.merged',
        subject: { type: 'customer', id: kept.id },
        tenantId: kept.tenantId,
        details: { gone: gone.id, taken: [...input.taken] },
      })
      return kept
    })
  }

  /** Locked in one order, whichever is to stay: two mergers of the same two do not deadlock. */
  async #both(trx: Trx, { tenant, keptId, goneId }: MergeInput) {
    const rows = await Customer.query({ client: trx })
      .where('tenant_id', tenant.id)
      .whereIn('id', [keptId, goneId])
      .orderBy('id')
      .forUpdate()
    const kept = rows.find(({ id }) => id === keptId)
    const gone = rows.find(({ id }) => id === goneId)
    if (!kept || !gone || kept === gone || kept.isGone || gone.isGone) throw new CannotMerge()
    return { kept, gone }
  }

  async #move(trx: Trx, kept: Customer, gone: Customer) {
    const { tenantId } = kept
    for (const { tables = [], unique = [] } of this.parts) {
      for (const table of tables) {
        const rows = () =>
          trx.from(table).where('tenant_id', tenantId).where('customer_id', gone.id)
        const isTaken =
          unique.includes(table) &&
          (await trx.from(table).where({ tenant_id: tenantId, customer_id: kept.id }).first())
        if (isTaken) await rows().delete()
        else await rows().update({ customer_id: kept.id })
      }
    }
    // What was merged into the one that goes points on to the one that stays.
    await Customer.query({ client: trx })
      .where('tenant_id', tenantId)
      .where('merged_into_id', gone.id)
      .update({ merged_into_id: kept.id })
  }

  #take(kept: Customer, gone: Customer, taken: readonly MergeField[]) {
    for (const field of taken) {
      if (field === 'tax_id') {
        kept.identify(checkTaxId(gone.taxIdKind, gone.taxId)!)
        kept.entityType = gone.entityType
        continue
      }
      for (const column of choices[field]) kept.merge({ [column]: gone[column] })
    }
  }
}
