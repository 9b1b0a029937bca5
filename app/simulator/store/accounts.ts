import {
  DEFAULT_SETTINGS,
  type AccountSettings,
  type ScenarioAccount,
  type ScenarioApplication,
} from '../scenario.js'
import { SITES, type Site } from '../data/sites.js'
import type { Grants } from './grants.js'
import type { Store } from './store.js'

export type Account = ScenarioAccount & { settings: AccountSettings; created_at: number }
export type Application = ScenarioApplication

/** Whose rows say which application they belong to. */
const TABLES_OF_APPLICATIONS = [
  'payments',
  'payouts',
  'deliveries',
  'chargebacks',
  'claims',
  'preferences',
  'merchant_orders',
  'orders',
  'preapproval_plans',
  'preapprovals',
]

interface DataRow {
  data: string
}

function parsed<T>(row: DataRow | undefined): T | undefined {
  return row && (JSON.parse(row.data) as T)
}

/** Sellers with their tokens, and the applications whose webhooks are told. */
export class Accounts {
  constructor(
    private store: Store,
    private grants: Grants
  ) {}

  isEmpty(): boolean {
    return this.store.get('select 1 from accounts limit 1') === undefined
  }

  list(): Account[] {
    const rows = this.store.all<DataRow>('select data from accounts order by position')
    return rows.map((row) => JSON.parse(row.data))
  }

  find(id: number): Account | undefined {
    return parsed(this.store.get<DataRow>('select data from accounts where id = ?', id))
  }

  byToken(token: string): Account | undefined {
    return parsed(this.store.get<DataRow>('select data from accounts where token = ?', token))
  }

  byPublicKey(key: string): Account | undefined {
    const sql = `select data from accounts where data ->> '$.public_key' = ?`
    return parsed(this.store.get<DataRow>(sql, key))
  }

  byEmail(email: string): Account | undefined {
    const sql = `select data from accounts where lower(data ->> '$.email') = ?`
    return parsed(this.store.get<DataRow>(sql, email))
  }

  /** How many test users an account asked for. */
  madeBy(accountId: number): number {
    const sql = `select count(*) as total from accounts where data ->> '$.made_by' = ?`
    return this.store.get<{ total: number }>(sql, accountId)!.total
  }

  create(account: ScenarioAccount, at: number): Account {
    const { taxes } = SITES[account.site_id]
    const settings = { ...DEFAULT_SETTINGS, taxes, ...account.settings }
    return this.save({ ...account, settings, created_at: at })
  }

  save(account: Account): Account {
    this.store.run(
      `insert into accounts (id, token, data) values (?, ?, ?)
        on conflict (id) do update set token = excluded.token, data = excluded.data`,
      account.id,
      account.access_token,
      JSON.stringify(account)
    )
    return account
  }

  applications(): Application[] {
    const rows = this.store.all<DataRow>('select data from applications order by position')
    return rows.map((row) => JSON.parse(row.data))
  }

  application(clientId: string): Application | undefined {
    const sql = 'select data from applications where client_id = ?'
    return parsed(this.store.get<DataRow>(sql, clientId))
  }

  saveApplication(application: Application): Application {
    this.store.run(
      `insert into applications (client_id, data) values (?, ?)
        on conflict (client_id) do update set data = excluded.data`,
      application.client_id,
      JSON.stringify(application)
    )
    return application
  }

  /** A changed client_id takes along its accounts, and what is still to be told of payments. */
  renameApplication(from: string, application: Application): Application {
    this.store.run('delete from applications where client_id = ?', from)
    for (const table of TABLES_OF_APPLICATIONS) {
      const sql = `update ${table} set data = json_set(data, '$.clientId', ?)
        where data ->> '$.clientId' = ?`
      this.store.run(sql, application.client_id, from)
    }
    this.grants.renameApplication(from, application.client_id)
    for (const account of this.list().filter((one) => one.client_id === from)) {
      this.save({ ...account, client_id: application.client_id })
    }
    return this.saveApplication(application)
  }
}

export function isTestUser(account: Account): boolean {
  return account.test_user ?? true
}

export function siteOf(account: Pick<Account, 'site_id'>): Site {
  return SITES[account.site_id]
}
