import { compose } from '@adonisjs/core/helpers'
import { CustodyConfirmationSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** An admin confirmed what it means to hold the money of a country's tenants. */
export default class CustodyConfirmation extends compose(CustodyConfirmationSchema, OwnId) {}
