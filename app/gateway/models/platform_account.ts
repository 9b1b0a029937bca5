import { compose } from '@adonisjs/core/helpers'
import { column } from '@adonisjs/lucid/orm'
import { PlatformAccountSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import type { AccountRef } from '#app/gateway/provider'

export const PROVIDER = 'mercadopago'

export type PlatformAccountState = 'current' | 'retired'

/** A Mercado Pago account of the platform. At most one per currency is current. */
export default class PlatformAccount extends compose(PlatformAccountSchema, OwnId) {
  declare state: PlatformAccountState

  @column({ serializeAs: null })
  declare accessTokenCiphertext: string | null

  get ref(): AccountRef {
    return { kind: 'platform', id: this.id }
  }
}
