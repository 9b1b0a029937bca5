import type { Preference } from '../preferences/preference.js'
import type { Store } from './store.js'

interface DataRow {
  data: string
}

/** Preferences by id and by seller. */
export class Preferences {
  constructor(private store: Store) {}

  save(preference: Preference): void {
    this.store.run(
      `insert into preferences (id, account_id, external_reference, data) values (?, ?, ?, ?)
        on conflict (id) do update set
          external_reference = excluded.external_reference, data = excluded.data`,
      preference.id,
      preference.accountId,
      preference.terms.externalReference,
      JSON.stringify(preference)
    )
  }

  find(id: string): Preference | undefined {
    const row = this.store.get<DataRow>('select data from preferences where id = ?', id)
    return row && JSON.parse(row.data)
  }

  /** Latest first; `where` is built from fixed names only, values come apart. */
  search(where: string, values: unknown[], limit: number, offset: number) {
    const count = `select count(*) as total from preferences where ${where}`
    const page = `select data from preferences where ${where}
      order by position desc limit ? offset ?`
    const rows = this.store.all<DataRow>(page, ...values, limit, offset)
    return {
      total: this.store.get<{ total: number }>(count, ...values)!.total,
      found: rows.map((row) => JSON.parse(row.data) as Preference),
    }
  }
}
