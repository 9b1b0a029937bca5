import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { checkTaxId } from '#app/core/tax_ids'
import { isUniqueViolation, transaction, type Trx } from '#app/core/transaction'
import { blindIndex, purposeOf, seal } from '#app/core/vault'
import { addEffect } from '#app/core/work/outbox'
import { ConfirmPassword } from '#app/identity/actions/confirm_password'
import type Tenant from '#app/tenants/models/tenant'
import { masked, type DestinationDetails } from '#app/payouts/destination_details'
import { DestinationOfAnother } from '#app/payouts/errors'
import PayoutDestination from '#app/payouts/models/payout_destination'
import PayoutRule from '#app/payouts/models/payout_rule'
import { ownersOf } from '#app/tenants/queries/owners'

interface SetDestinationInput {
  tenant: Tenant
  details: DestinationDetails
  /** Whose account it is, as typed. */
  holderTaxId: string
  userId: string
  password: string
  actor: Actor
}

/** Says where a tenant's money goes from now on. Payouts that are under way keep theirs. */
export class SetDestination {
  /** @throws WrongPassword, TooManyAttempts, DestinationOfAnother */
  async handle(input: SetDestinationInput): Promise<PayoutDestination> {
    await new ConfirmPassword().handle(input.userId, input.password)
    this.#assertOwn(input)
    try {
      return await transaction((trx) => this.#replace(trx, input))
    } catch (error) {
      // Two owners at the same moment: the one-current index refused the slower one, who replaces.
      if (!isUniqueViolation(error, 'payout_destinations')) throw error
      return transaction((trx) => this.#replace(trx, input))
    }
  }

  #assertOwn({ tenant, details, holderTaxId }: SetDestinationInput) {
    const isOwn = (taxId: string) => blindIndex(taxId, 'tenant.tax_id') === tenant.taxIdIndex
    const holder = checkTaxId(tenant.taxIdKind, holderTaxId)
    if (!holder || !isOwn(holder.digits)) throw new DestinationOfAnother({}, 'secret.holder_tax_id')
    if (details.kind !== 'pix') return
    const saysTaxId = details.keyKind === 'cpf' || details.keyKind === 'cnpj'
    if (saysTaxId && !isOwn(details.key)) throw new DestinationOfAnother({}, 'secret.pix_key')
  }

  async #replace(trx: Trx, input: SetDestinationInput): Promise<PayoutDestination> {
    const { tenant, details, userId, actor } = input
    const current = await PayoutDestination.query({ client: trx })
      .where('tenant_id', tenant.id)
      .where('state', 'current')
      .forUpdate()
      .first()
    const now = clock.now()
    await current?.merge({ state: 'replaced', replacedAt: now }).useTransaction(trx).save()

    const id = newId()
    const { coolingHours } = await PayoutRule.of(tenant.currency, trx)
    const destination = await PayoutDestination.create(
      {
        id,
        tenantId: tenant.id,
        kind: details.kind,
        detailsCiphertext: seal(
          details,
          purposeOf('payout_destinations', 'details', id, tenant.id)
        ),
        masked: masked(details),
        state: 'current',
        createdBy: userId,
        usableFrom: now.plus({ hours: coolingHours }),
        createdAt: now,
      },
      { client: trx }
    )
    await recordAudit(trx, {
      actor,
      action: 'payout_destination.changed',
      subject: { type: 'payout_destination', id },
      tenantId: tenant.id,
      details: { kind: details.kind, masked: destination.masked, before: current?.masked ?? null },
    })
    await this.#tellOwners(trx, destination)
    return destination
  }

  /** Each by a mail of their own: whoever did not change it hears of it in time to stop it. */
  async #tellOwners(trx: Trx, { id: destinationId, tenantId }: PayoutDestination) {
    for (const { id: membershipId } of await ownersOf(tenantId, trx)) {
      const payload = { tenantId, destinationId, membershipId }
      await addEffect(trx, { tenantId, effect: 'mails.payout_destination', payload })
    }
  }
}
