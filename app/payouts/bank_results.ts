import { parse } from 'csv-parse/sync'
import { DateTime } from 'luxon'
import { ResultFileRefused } from '#app/payouts/errors'
import { payoutOfReference } from '#app/payouts/transfer_reference'

export const MOST_RESULT_BYTES = 512 * 1024
const MOST_LINES = 2_000

/** What a line of the bank's file says. `problem` is why it says nothing. */
export interface BankResult {
  /** Where it is in the file, from 1. */
  line: number
  reference: string
  /** Null when the reference is none of ours. */
  payoutId: string | null
  result: 'paid' | 'failed' | null
  /** "2026-11-21", or null. */
  date: string | null
  /** What the bank calls the transfer, or why it failed. */
  code: string
  problem: 'result' | 'date' | 'code' | null
}

const headings: Record<string, string[]> = {
  reference: ['reference', 'referencia', 'referência'],
  result: ['result', 'resultado'],
  date: ['date', 'data', 'fecha'],
  code: ['code', 'codigo', 'código'],
}

const results: Record<string, 'paid' | 'failed'> = {
  ...Object.fromEntries(['paid', 'pago', 'pagado'].map((word) => [word, 'paid' as const])),
  ...Object.fromEntries(
    ['failed', 'falhou', 'falló', 'fallo', 'rejeitado', 'rechazado'].map((word) => [
      word,
      'failed' as const,
    ])
  ),
}

/** The file's text, in the two encodings that banks write. @throws ResultFileRefused */
export function resultText(bytes: Buffer | null | undefined): string {
  if (bytes === undefined) throw new ResultFileRefused('missing')
  if (bytes === null || bytes.length > MOST_RESULT_BYTES) throw new ResultFileRefused('too_large')
  if (bytes.includes(0)) throw new ResultFileRefused('not_text')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The lines of a bank's file. @throws ResultFileRefused */
export function bankResults(text: string): BankResult[] {
  const [heading, ...lines] = linesOf(text)
  const column = (name: string) =>
    heading.cells.findIndex((cell) => headings[name].includes(cell.trim().toLowerCase()))
  const [reference, result, date, code] = ['reference', 'result', 'date', 'code'].map(column)
  if (reference < 0 || result < 0 || code < 0) throw new ResultFileRefused('columns')
  return lines.map(({ line, cells }) =>
    resultOf(line, {
      reference: cells[reference] ?? '',
      result: cells[result] ?? '',
      date: cells[date] ?? '',
      code: cells[code] ?? '',
    })
  )
}

function linesOf(text: string): { line: number; cells: string[] }[] {
  const delimiter = text.split('\n', 1)[0].includes(';') ? ';' : ','
  try {
    // One kind of line end: the parser takes the first one's for all.
    const rows = parse(text.replace(/\r\n?/g, '\n'), {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      to: MOST_LINES + 2,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    if (rows.length === 0) throw new ResultFileRefused('columns')
    if (rows.length > MOST_LINES + 1) throw new ResultFileRefused('too_large')
    return rows.map(({ record, info }) => ({ line: info.lines, cells: record }))
  } catch (error) {
    throw error instanceof ResultFileRefused ? error : new ResultFileRefused('not_text')
  }
}

function resultOf(line: number, cells: Record<'reference' | 'result' | 'date' | 'code', string>) {
  // A spreadsheet's guard against formulas is no part of what was written.
  const reference = cells.reference.replace(/^'/, '').slice(0, 64)
  const code = cells.code.replace(/^'/, '')
  const word = cells.result.toLowerCase()
  const result = Object.hasOwn(results, word) ? results[word] : null
  const date = dateOf(cells.date)
  const problem =
    result === null ? 'result' : date === undefined ? 'date' : isCode(code, result) ? null : 'code'
  return {
    line,
    reference,
    payoutId: payoutOfReference(reference),
    result,
    date: date ?? null,
    code: code.slice(0, 255),
    problem,
  } as BankResult
}

/** "2026-11-21" and "21/11/2026"; nothing is null, and what is no day undefined. */
function dateOf(text: string): string | null | undefined {
  if (text === '') return null
  const iso = text.replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, '$3-$2-$1').slice(0, 10)
  return DateTime.fromFormat(iso, 'yyyy-MM-dd').isValid ? iso : undefined
}

const isCode = (code: string, result: 'paid' | 'failed') =>
  result === 'paid'
    ? code.length >= 4 && code.length <= 120 && /^[\p{L}\p{N}][\p{L}\p{N}._:/#-]*$/u.test(code)
    : code.length >= 2 && code.length <= 255 && !/\p{Cc}/u.test(code)
