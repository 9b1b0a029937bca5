import { recordAudit } from '#app/core/audit'
import { transaction, type Trx } from '#app/core/transaction'
import type { CreateReceivableInput } from '#app/receivables/actions/create_receivable'
import { checkPayUntil } from '#app/receivables/issue_day'
import Receivable from '#app/receivables/models/receivable'
import { chargeableCustomer } from '#app/receivables/queries/chargeable_customer'
import { checkStore } from '#app/receivables/queries/check_store'
import { NotDraft } from '#app/receivables/receivable_errors'

interface ChangeDraftInput extends CreateReceivableInput {
  /** Of this tenant. */
  receivableId: string
}

const changeable = [
  'customerId',
  'storeId',
  'description',
  'amountMinor',
  'dueOn',
  'payUntil',
  'finePercent',
  'interestPercent',
  'discountPercent',
  'discountUntil',
] as const

type Values = Pick<Receivable, (typeof changeable)[number]>

const valuesOf = (receivable: Receivable) =>
  Object.fromEntries(changeable.map((name) => [name, receivable[name] ?? null])) as Values

const only = (names: readonly (keyof Values)[], values: Values) =>
  Object.fromEntries(names.map((name) => [name, values[name]]))

/** Corrects a receivable that nobody was offered yet. */
export class ChangeDraft {
  /**
   * @throws NotDraft when it was opened or cancelled, be it at this moment
   * @throws NoSuchCustomer
   * @throws NoSuchStore
   * @throws PayUntilBeforeDue
   * @throws PayUntilTooLate
   */
  async handle(input: ChangeDraftInput): Promise<Receivable> {
    checkPayUntil(input.dueOn, input.payUntil)
    await checkStore(input)
    return transaction((trx) => this.#change(trx, input))
  }

  /** Whoever locks the row first decides: offering it waits, or this finds it open. */
  async #change(trx: Trx, input: ChangeDraftInput): Promise<Receivable> {
    const { tenant, receivableId, storeId, description, amountMinor, dueOn, payUntil } = input
    const { id: customerId } = await chargeableCustomer(trx, tenant.id, input.customerId)
    const row = await Receivable.query({ client: trx })
      .where({ tenant_id: tenant.id, id: receivableId })
      .forUpdate()
      .firstOrFail()
    if (row.state !== 'draft') throw new NotDraft()
    const before = valuesOf(row)
    row.merge({ customerId, storeId, description, amountMinor, dueOn, payUntil, ...input.terms })
    const after = valuesOf(row)
    const changed = changeable.filter((name) => before[name] !== after[name])
    if (changed.length === 0) return row
    await row.save()
    await recordAudit(trx, {
      actor: input.actor,
      action: 'receivable.changed',
      subject: { type: 'receivable', id: receivableId },
      tenantId: tenant.id,
      details: { before: only(changed, before), after: only(changed, after) },
    })
    return row
  }
}
