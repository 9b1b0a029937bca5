import { compose } from '@adonisjs/core/helpers'
import { StoreSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

export default class Store extends compose(StoreSchema, OwnId) {}
