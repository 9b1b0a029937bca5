import { compose } from '@adonisjs/core/helpers'
import { GatewayRateSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** What Mercado Pago charges for a method, as far as we know: an estimate, never the truth. */
export default class GatewayRate extends compose(GatewayRateSchema, OwnId) {}
