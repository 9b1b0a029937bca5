import type { Store } from '../store/store.js'
import type { Fault, FaultKind } from './fault.js'

/** The faults in force, held in memory because every call asks for them. */
export class Faults {
  #faults: Fault[] = []

  constructor(private store: Store) {
    this.reload()
  }

  reload(): void {
    const rows = this.store.all<{ data: string }>('select data from faults order by id')
    this.#faults = rows.map((row) => JSON.parse(row.data))
  }

  list(): Fault[] {
    return this.#faults.map((fault) => ({ ...fault }))
  }

  add(fault: Omit<Fault, 'id'>): Fault {
    const id = Math.max(0, ...this.#faults.map((one) => one.id)) + 1
    const added = { id, ...fault }
    this.store.run('insert into faults (id, data) values (?, ?)', id, JSON.stringify(added))
    this.#faults.push(added)
    return added
  }

  remove(id: number): boolean {
    this.#faults = this.#faults.filter((fault) => fault.id !== id)
    return this.store.run('delete from faults where id = ?', id) > 0
  }

  clear(): void {
    this.#faults = []
    this.store.run('delete from faults')
  }

  /** The oldest fault of this kind that applies; it counts only once `spend` is called. */
  find(kind: FaultKind, accountId: number | null, route: string | null): Fault | undefined {
    return this.#faults.find(
      (fault) =>
        fault.kind === kind &&
        (fault.account_id === null || fault.account_id === accountId) &&
        (fault.route === null || fault.route === route)
    )
  }

  /** Finds and counts in one. */
  take(kind: FaultKind, accountId: number | null, route: string | null): Fault | undefined {
    const fault = this.find(kind, accountId, route)
    if (fault) this.spend(fault)
    return fault
  }

  spend(fault: Fault): void {
    if (fault.times === null) return
    fault.times -= 1
    if (fault.times <= 0) this.remove(fault.id)
    else this.store.run('update faults set data = ? where id = ?', JSON.stringify(fault), fault.id)
  }
}
