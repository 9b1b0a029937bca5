import { compose } from '@adonisjs/core/helpers'
import { column } from '@adonisjs/lucid/orm'
import { TenantLogoSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** A tenant's picture, under an address that mails may name for years. */
export default class TenantLogo extends compose(TenantLogoSchema, OwnId) {
  @column({ serializeAs: null })
  declare content: Buffer
}
