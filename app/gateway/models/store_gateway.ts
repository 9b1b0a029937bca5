import { compose } from '@adonisjs/core/helpers'
import { StoreGatewaySchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** Which connection a store charges with, and what it is called at the provider. */
export default class StoreGateway extends compose(StoreGatewaySchema, OwnId) {}
