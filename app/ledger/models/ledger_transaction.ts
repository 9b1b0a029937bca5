import { compose } from '@adonisjs/core/helpers'
import { hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import { LedgerTransactionSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import LedgerEntry from '#app/ledger/models/ledger_entry'

/** For reading: rows are written by `ledger.post` alone. */
export default class LedgerTransaction extends compose(LedgerTransactionSchema, OwnId) {
  @hasMany(() => LedgerEntry, { foreignKey: 'transactionId' })
  declare entries: HasMany<typeof LedgerEntry>
}
