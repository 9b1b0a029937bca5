import { compose } from '@adonisjs/core/helpers'
import { LedgerEntrySchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** For reading: rows are written by `ledger.post` alone. */
export default class LedgerEntry extends compose(LedgerEntrySchema, OwnId) {}
