import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import type { Rotated } from '#app/core/sealed_columns'

export default class CredentialsRotate extends BaseCommand {
  static commandName = 'credentials:rotate'
  static description = 'Seal everything in the database under the current credential key'
  static help = [
    'Put the new key first in CREDENTIAL_KEYS and keep the old one behind it, restart all processes,',
    'then run this. It may run while the app does, be stopped anywhere and run again: it goes on with',
    'what is left. When nothing is left under the old key, take that key away.',
    '',
    '  credentials:rotate --dry-run    count what is still under an old key',
    '  credentials:rotate --json',
    '',
    'Exit code: 0 nothing is left under an old key, 1 something is (with --dry-run, too).',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Count, and change nothing' })
  declare dryRun: boolean

  @flags.boolean({ description: 'Print one JSON document' })
  declare json: boolean

  async run() {
    const { countOld, rotate } = await import('#app/core/sealed_columns')
    const { default: sealedColumns } = await import('#start/sealed_columns')
    const columns: Rotated[] = []
    for (const sealed of sealedColumns) {
      const { table, name } = sealed
      if (this.dryRun) {
        const old = await countOld(sealed)
        const column = `${name}_ciphertext`
        columns.push({ table, column, old, left: old, rotated: 0, undecryptable: [] })
      } else columns.push(await rotate(sealed, (rows) => this.#tell(table, rows)))
    }
    const left = columns.reduce((sum, column) => sum + column.left, 0)
    this.exitCode = left > 0 ? 1 : 0
    if (this.json) return this.logger.log(JSON.stringify({ left, columns }))
    this.#print(columns, left)
  }

  #tell(table: string, rows: number) {
    if (rows > 0 && !this.json) this.logger.info(`${table}: ${rows} more`)
  }

  #print(columns: Rotated[], left: number) {
    const table = this.ui.table().head(['Column', 'Old', 'Rotated', 'Left', 'Undecryptable'])
    for (const { table: name, column, old, rotated, left: rest, undecryptable } of columns) {
      const numbers = [old, rotated, rest, undecryptable.length].map(String)
      table.row([`${name}.${column}`, ...numbers])
    }
    table.render()
    for (const { table: name, undecryptable } of columns) {
      for (const id of undecryptable) this.logger.error(`${name} ${id}: no configured key opens it`)
    }
    if (left === 0) this.logger.success('Nothing is left under an old key.')
    else this.logger.warning(`${left} values are still under an old key.`)
  }
}
