import { compose } from '@adonisjs/core/helpers'
import { PlatformAccountSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import type { AccountRef } from '#app/gateway/provider'

export const PROVIDER = 'mercadopago'

export type PlatformAccountState = 'current' | 'retired'

/** A Mercado Pago account of the platform. At most one per currency is current. */
export default class PlatformAccount extends compose(PlatformAccountSchema, OwnId) {
  declare state: PlatformAccountState

  get ref(): AccountRef {
    return { kind: 'platform', id: this.id }
  }

  /** A model's token is sealed: keep it out of whatever serialises the row. */
  serialize() {
    const { accessTokenCiphertext: _, ...rest } = super.serialize()
    return rest
  }
}
