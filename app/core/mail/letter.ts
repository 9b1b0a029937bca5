import type { Brand } from '#app/core/mail/brand'

export interface Fact {
  label: string
  value: string
  strong?: boolean
}

/** What a mail says, once: the HTML and the plain text are both drawn from it. */
export interface Letter {
  /** Unique: the same letter sent twice has the same Message-ID. */
  id: string
  to: string
  locale: string
  brand: Brand
  subject: string
  /** What lists of mails show beside the subject. */
  preview: string
  heading: string
  paragraphs: string[]
  facts: Fact[]
  action?: { label: string; url: string }
  /** A text to copy, such as a boleto's digits. */
  code?: { label: string; text: string }
  /** Rows of a table; the last column is an amount. */
  table?: { heading: string; rows: { label: string; url: string; amount: string }[] }
  /** In small print. */
  notes: string[]
  /** Where the reader ends mails of this kind. */
  stop?: { label: string; url: string }
}
