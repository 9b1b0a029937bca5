import type { VineValidator } from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import type { Actor } from '#app/core/audit'
import type { Trx } from '#app/core/transaction'
import type Membership from '#app/tenants/models/membership'
import type { Role } from '#app/tenants/models/membership'
import type Tenant from '#app/tenants/models/tenant'

/** A column of the file, known by its name, its headings in all languages, and further ones. */
export interface ImportColumn {
  /** Of the field; its headings are the texts `imports.columns.<kind>.<name>`. */
  name: string
  required?: boolean
  /** Further headings that people use, e.g. "cpf". */
  also?: readonly string[]
  /** What the template shows in its only line. */
  sample: string
}

/** One thing that is wrong with a line. Nothing of what was in it: tax ids and names stay out. */
export interface LineProblem {
  /** The column; null when it is the line as a whole. */
  column: string | null
  /** Names the text: a rule of `receivables.invalid`, of the validator, or of `imports.rules`. */
  rule: string
  /** Values for the text: limits and line numbers. */
  params?: Record<string, string | number>
}

/** The cells of a line by column name; empty ones are left out. */
export type Cells = Record<string, string>

export interface Judgement<Row = any> {
  problems?: LineProblem[]
  /** It is there already: a repeated import updates or skips it. */
  isKnown?: boolean
  /** What is kept of the line instead of what was read: names found out to be ids. */
  row?: Row
}

export interface JudgeContext {
  tenant: Tenant
  /** Of who uploaded the file; null when it ended meanwhile. */
  member: Membership | null
}

export type Applied = 'created' | 'updated' | 'skipped'

export interface ApplyContext<Options> {
  tenant: Tenant
  options: Options
  runId: string
  /** Where each row stands in the file. */
  lines: number[]
  /** Who uploaded and confirmed it. */
  createdBy: string
  actor: Actor
}

/**
 * One kind of import. The machinery does the rest: upload, reading the file as a stream, the dry
 * run with every bad line by number, confirming, applying in batches that survive a kill, progress.
 *
 * To add a kind:
 * 1. write its definition beside `customers_import.ts` and name it in `kinds.ts`;
 * 2. texts in all languages: `imports.kinds.<name>.*` and `imports.columns.<name>.<column>`;
 * 3. `pages/imports/options/<name>.edge`: what is chosen when confirming, fields named as in
 *    `options`;
 * 4. link to `/t/:slug/imports/<name>/new`, and add what it holds of a person to nothing: rows and
 *    chunks are sealed and gone once the run has ended, and problems name columns only.
 */
export interface ImportKind<Row = any, Options extends VineValidator<any, any> = any> {
  name: string
  /** What the upload page says of it: texts `imports.kinds.<name>.notes.<note>`. */
  notes?: readonly string[]
  /** Who may import. */
  roles: readonly Role[]
  columns(tenant: Tenant): readonly ImportColumn[]
  /**
   * Reads one line without the database. The row is kept sealed as JSON until it is applied.
   * @returns the row, or all that is wrong with the line
   */
  read(cells: Cells, tenant: Tenant): Promise<{ row: Row } | { problems: LineProblem[] }>
  /** A fingerprint (≤ 64) of what may be in a file once; null when nothing of it must be unique. */
  keyOf?(row: Row, tenant: Tenant): string | null
  /** What only the database knows, asked once for a batch of rows; in their order. */
  judge?(rows: Row[], context: JudgeContext): Promise<Judgement<Row>[]>
  /** The rule that is told of a second line with the same key; "doubled" when left out. */
  doubledRule?: string
  /** Reads what was chosen when confirming. */
  options: Options
  /** What the page of these options is drawn from. */
  choices?(tenant: Tenant): Promise<Record<string, unknown>>
  /**
   * Writes a batch of rows. It may meet what the dry run could not: whoever came in between, or an
   * earlier run of the same file; so it looks again and takes all queries through the `trx`.
   * @returns what became of each row, in their order
   * @throws a violated unique index: the batch rolls back and is tried again
   */
  apply(trx: Trx, rows: Row[], context: ApplyContext<Infer<Options>>): Promise<Applied[]>
}
