import { markup, type Markup, type Piece } from './markup.js'

/** `amount` stands on the right, `when` never breaks, `action` has no heading to be seen. */
export type Column = string | [label: string, kind: 'amount' | 'when' | 'action']

function labelOf(column: Column): string {
  return typeof column === 'string' ? column : column[0]
}

function kindOf(column: Column): string {
  return typeof column === 'string' ? '' : column[1]
}

/** On a phone each row becomes a card of labels and values. */
export function table(columns: Column[], rows: Piece[][]): Markup {
  const headings = columns.map(
    (column) => markup`<th scope="col" class="${kindOf(column)}">${labelOf(column)}</th>`
  )
  const body = rows.map((cells) => {
    const filled = cells.map((cell, index) => {
      const column = columns[index]
      return markup`<td class="${kindOf(column)}" data-label="${labelOf(column)}">${cell}</td>`
    })
    return markup`<tr>${filled}</tr>`
  })
  return markup`<div class="scroll"><table class="stack"><thead><tr>${headings}</tr></thead>
<tbody>${body}</tbody></table></div>`
}
