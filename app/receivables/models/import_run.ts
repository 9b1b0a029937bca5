import { compose } from '@adonisjs/core/helpers'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { ImportRunSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import type { Delimiter, Encoding } from '#app/receivables/imports/file_format'
import {
  mayFollow,
  unfinishedStates,
  type ImportState,
} from '#app/receivables/imports/import_states'
import Tenant from '#app/tenants/models/tenant'

/** What makes a whole file unreadable: `columns` names those that it is about. */
export interface FileProblem {
  reason: 'columns_missing' | 'columns_doubled' | 'no_lines' | 'too_many_lines'
  columns?: string[]
  limit?: number
}

/** An uploaded file on its way to becoming rows. */
export default class ImportRun extends compose(ImportRunSchema, OwnId) {
  declare state: ImportState
  declare encoding: Encoding
  declare delimiter: Delimiter
  declare problem: FileProblem | null
  declare ignoredColumns: string[] | null

  @belongsTo(() => Tenant)
  declare tenant: BelongsTo<typeof Tenant>

  get isUnfinished(): boolean {
    return unfinishedStates.some((state) => state === this.state)
  }

  /** Whether the worker has it: the page looks again by itself. */
  get isUnderWay(): boolean {
    return this.state === 'checking' || this.state === 'applying'
  }

  /** Good lines only: a file is imported whole or not at all. */
  get mayBeConfirmed(): boolean {
    return this.state === 'checked' && this.linesBad === 0 && this.linesTotal > 0
  }

  get appliedCount(): number {
    return this.createdCount + this.updatedCount + this.skippedCount
  }

  /** How much of what the worker does now is done, in percent. */
  get progress(): number {
    const [done, all] =
      this.state === 'checking'
        ? [this.bytesRead, this.bytes]
        : [this.appliedCount, this.linesTotal]
    return all === 0 ? 0 : Math.min(100, Math.floor((done / all) * 100))
  }

  /** The only way a run changes its state; does not save. @throws Error for a mistake of ours */
  moveTo(state: ImportState): this {
    if (!mayFollow(this.state, state)) {
      throw new Error(`Import ${this.id} cannot go from ${this.state} to ${state}`)
    }
    this.state = state
    return this
  }
}
