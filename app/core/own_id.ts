import type { NormalizeConstructor } from '@adonisjs/core/types/helpers'
import type { BaseModel } from '@adonisjs/lucid/orm'
import { newId } from '#app/core/ids'

/**
 * A model whose id is a UUIDv7 made in the app: `class Charge extends compose(ChargeSchema, OwnId)`.
 * Without `selfAssignPrimaryKey` SQLite's `create()` replaces the id by the row's number.
 */
export const OwnId = <T extends NormalizeConstructor<typeof BaseModel>>(superclass: T) => {
  class WithOwnId extends superclass {
    static selfAssignPrimaryKey = true
    declare id: string

    static boot() {
      // The schema class below is booted already, and a class inherits that flag.
      if (Object.hasOwn(this, 'booted') && this.booted) return
      super.boot()
      this.before('create', (row) => {
        const model = row as WithOwnId
        model.id ??= newId()
      })
    }
  }
  return WithOwnId
}
