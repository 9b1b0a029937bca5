/** Text that is already HTML. */
export class Markup {
  constructor(readonly source: string) {}

  toString(): string {
    return this.source
  }
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export type Piece = Markup | string | number | null | undefined | false | Piece[]

function render(piece: Piece): string {
  if (piece instanceof Markup) return piece.source
  if (Array.isArray(piece)) return piece.map(render).join('')
  if (piece === null || piece === undefined || piece === false) return ''
  return String(piece).replace(/[&<>"']/g, (character) => ENTITIES[character])
}

/** A template whose values are escaped unless they are Markup themselves. */
export function markup(strings: TemplateStringsArray, ...pieces: Piece[]): Markup {
  return new Markup(
    strings.reduce((source, text, index) => source + render(pieces[index - 1]) + text)
  )
}
