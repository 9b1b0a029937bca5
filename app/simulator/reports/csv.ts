import type { Simulator } from '../simulator.js'
import { columnsOf } from './columns.js'
import { PAGE_SIZE, releaseLines, settlementLines } from './lines.js'
import type { Report } from './report.js'

function cell(text: string, separator: string): string {
  const needsQuotes = text.includes(separator) || /["\r\n]/.test(text)
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text
}

/** The file in pieces, each read from the store when it is asked for. */
export function* csvOf(sim: Simulator, report: Report): Generator<string> {
  const { separator, columns } = report.config
  const keys = columns.map((column) => column.key)
  const values = columnsOf(report.kind, keys)
  const lines = report.kind === 'release' ? releaseLines(sim, report) : settlementLines(sim, report)
  const row = (cells: string[]) => `${cells.map((text) => cell(text, separator)).join(separator)}\n`
  let piece = [row(keys)]
  for (const line of lines) {
    piece.push(row(values.map((value) => value(line))))
    if (piece.length < PAGE_SIZE) continue
    yield piece.join('')
    piece = []
  }
  yield piece.join('')
}
