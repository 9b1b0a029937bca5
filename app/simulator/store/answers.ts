import type { Store } from './store.js'

export interface Answer {
  status: number
  body: string
}

/** The first answer to each idempotency key. */
export class Answers {
  constructor(private store: Store) {}

  find(accountId: number, kind: string, key: string): Answer | undefined {
    const sql = 'select status, body from answers where account_id = ? and kind = ? and key = ?'
    return this.store.get<Answer>(sql, accountId, kind, key)
  }

  keep(accountId: number, kind: string, key: string, answer: Answer): void {
    this.store.run(
      'insert into answers (account_id, kind, key, status, body) values (?, ?, ?, ?, ?)',
      accountId,
      kind,
      key,
      answer.status,
      answer.body
    )
  }
}
