import { compose } from '@adonisjs/core/helpers'
import { HoldbackSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** The part of a released payment that its tenant gets later. At most one of a payment. */
export default class Holdback extends compose(HoldbackSchema, OwnId) {}
