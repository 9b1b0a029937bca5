import { compose } from '@adonisjs/core/helpers'
import { KeptMailSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** A mail of development or a test, kept instead of sent. */
export default class KeptMail extends compose(KeptMailSchema, OwnId) {}
