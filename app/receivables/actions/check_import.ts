import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { transaction, type Trx } from '#app/core/transaction'
import type { EffectHandler } from '#app/core/work/contracts'
import { BrokenCsv, csvLines, type CsvLine } from '#app/receivables/imports/csv_lines'
import { readHeading } from '#app/receivables/imports/heading'
import { addProblems, addRows, forgetFile, storedBytes } from '#app/receivables/imports/import_rows'
import { judgeLines, type JudgedLines } from '#app/receivables/imports/judge_lines'
import { importKind } from '#app/receivables/imports/kinds'
import ImportRun, { type FileProblem } from '#app/receivables/models/import_run'
import Membership from '#app/tenants/models/membership'

/** Lines judged and stored together; a short transaction, as SQLite has one writer. */
const BATCH = 200
const MOST_LINES = 100_000

/** Another worker began to read the file anew: this one's lines would stand there twice. */
class ReaderReplaced extends Error {}

/** What was found so far. */
interface Count {
  total: number
  bad: number
  known: number
}

/**
 * The dry run: reads the stored file line by line, keeps the good lines for later and says what is
 * wrong with each bad one. Killed on the way, it begins again.
 */
export class CheckImport implements EffectHandler<{ runId: string }> {
  async handle({ runId }: { runId: string }, { tenantId }: { tenantId: string | null }) {
    const run = await ImportRun.query()
      .where('tenant_id', tenantId!)
      .where('id', runId)
      .preload('tenant')
      .first()
    if (run?.state !== 'checking') return
    try {
      await this.#read(await this.#begin(run))
    } catch (error) {
      if (!(error instanceof ReaderReplaced)) throw error
    }
  }

  /** Takes the file over from whoever read it before. */
  async #begin(run: ImportRun): Promise<ImportRun> {
    const readerToken = randomUUID()
    await transaction(async (trx) => {
      const taken = await ImportRun.query({ client: trx })
        .where('tenant_id', run.tenantId)
        .where({ id: run.id, state: 'checking' })
        .update({ reader_token: readerToken, bytes_read: 0 })
      if (Number(taken) === 0) throw new ReaderReplaced()
      for (const table of ['import_rows', 'import_problems']) {
        await trx.from(table).where({ tenant_id: run.tenantId, import_run_id: run.id }).delete()
      }
    })
    run.readerToken = readerToken
    return run
  }

  async #read(run: ImportRun) {
    const kind = importKind(run.kind)
    let bytesRead = 0
    const bytes = storedBytes(db.connection(), run, (sum) => (bytesRead = sum))
    const lines = csvLines(bytes, run)
    const heading = readHeading(await headingCells(lines), kind, run.tenant)
    if ('reason' in heading) {
      return this.#end(run, { total: 0, bad: 0, known: 0 }, heading)
    }
    run.ignoredColumns = heading.ignored
    const member = await memberOf(run)
    const count: Count = { total: 0, bad: 0, known: 0 }
    for await (const batch of batches(lines)) {
      const judged = await judgeLines(batch, { run, member, kind, names: heading.names })
      await this.#keep(run, judged, count, bytesRead)
      if (count.total > MOST_LINES) break
    }
    await this.#end(run, count, problemOf(count))
  }

  async #keep(run: ImportRun, lines: JudgedLines, count: Count, bytes: number) {
    const { good, bad, known } = lines
    count.total += good.length + bad.length
    count.bad += bad.length
    count.known += known
    await transaction(async (trx) => {
      await this.#stillOurs(trx, run, { bytes_read: bytes })
      await addRows(trx, run, good)
      await addProblems(trx, run, bad)
    })
  }

  async #stillOurs(trx: Trx, run: ImportRun, changes: Record<string, unknown>) {
    const changed = await ImportRun.query({ client: trx })
      .where('tenant_id', run.tenantId)
      .where({ id: run.id, state: 'checking', reader_token: run.readerToken })
      .update(changes)
    if (Number(changed) === 0) throw new ReaderReplaced()
  }

  async #end(run: ImportRun, count: Count, problem: FileProblem | null) {
    await transaction(async (trx) => {
      await this.#stillOurs(trx, run, { reader_token: null })
      const { total: linesTotal, bad: linesBad, known: linesKnown } = count
      run.merge({ linesTotal, linesBad, linesKnown, problem, readerToken: null })
      run.bytesRead = run.bytes
      await run
        .useTransaction(trx)
        .moveTo(problem ? 'unreadable' : 'checked')
        .save()
      await forgetFile(trx, run, { all: problem !== null })
    })
  }
}

const memberOf = ({ tenantId, createdBy }: ImportRun) =>
  Membership.query().where({ tenant_id: tenantId, user_id: createdBy }).first()

function problemOf({ total }: Count): FileProblem | null {
  if (total === 0) return { reason: 'no_lines' }
  return total > MOST_LINES ? { reason: 'too_many_lines', limit: MOST_LINES } : null
}

/** The first line; one that cannot be read names no column. */
async function headingCells(lines: AsyncGenerator<CsvLine>): Promise<string[]> {
  try {
    const first = await lines.next()
    return first.done ? [] : first.value.cells
  } catch (error) {
    if (!(error instanceof BrokenCsv)) throw error
    return []
  }
}

type Batch = (CsvLine | BrokenCsv)[]

/** The lines in groups; what cannot be read is the last of them. */
async function* batches(lines: AsyncIterable<CsvLine>): AsyncGenerator<Batch> {
  let batch: Batch = []
  try {
    for await (const line of lines) {
      batch.push(line)
      if (batch.length < BATCH) continue
      yield batch
      batch = []
    }
  } catch (error) {
    if (!(error instanceof BrokenCsv)) throw error
    batch.push(error)
  }
  if (batch.length > 0) yield batch
}
