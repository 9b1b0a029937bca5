import { compose } from '@adonisjs/core/helpers'
import { AccountMethodSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import type { ProviderMethod } from '#app/gateway/provider'

/** What one account may take, as the provider said it last. */
export default class AccountMethods extends compose(AccountMethodSchema, OwnId) {
  static table = 'account_methods'

  declare methods: ProviderMethod[]
}
