import { compose } from '@adonisjs/core/helpers'
import { FeeDocumentSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** The number of the fiscal document for a month's fee. */
export default class FeeDocument extends compose(FeeDocumentSchema, OwnId) {}
