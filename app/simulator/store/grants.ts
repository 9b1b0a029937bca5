import type { AccessToken, AuthorizationCode, Grant } from '../oauth/grant.js'
import type { Store } from './store.js'

interface DataRow {
  data: string
}

function parsed<T>(row: DataRow | undefined): T | undefined {
  return row && (JSON.parse(row.data) as T)
}

/** What sellers allowed applications, with the codes and tokens of it. */
export class Grants {
  constructor(private store: Store) {}

  saveCode(code: AuthorizationCode): void {
    const sql = 'insert into codes (code, expires_at, data) values (?, ?, ?)'
    this.store.run(sql, code.code, code.expiresAt, JSON.stringify(code))
  }

  code(code: string): AuthorizationCode | undefined {
    return parsed(this.store.get<DataRow>('select data from codes where code = ?', code))
  }

  dropCode(code: string): void {
    this.store.run('delete from codes where code = ?', code)
  }

  find(clientId: string, accountId: number): Grant | undefined {
    const sql = 'select data from grants where client_id = ? and account_id = ?'
    return parsed(this.store.get<DataRow>(sql, clientId, accountId))
  }

  byRefreshToken(token: string): Grant | undefined {
    return parsed(this.store.get<DataRow>('select data from grants where refresh_token = ?', token))
  }

  byPublicKey(key: string): Grant | undefined {
    return parsed(this.store.get<DataRow>('select data from grants where public_key = ?', key))
  }

  of(accountId: number): Grant[] {
    const sql = 'select data from grants where account_id = ? order by client_id'
    return this.store.all<DataRow>(sql, accountId).map((row) => JSON.parse(row.data))
  }

  save(grant: Grant): void {
    this.store.run(
      `insert or replace into grants (client_id, account_id, refresh_token, public_key, data)
        values (?, ?, ?, ?, ?)`,
      grant.clientId,
      grant.accountId,
      grant.refreshToken,
      grant.publicKey,
      JSON.stringify(grant)
    )
  }

  /** With every token that came of it. */
  drop(clientId: string, accountId: number): void {
    this.store.run('delete from grants where client_id = ? and account_id = ?', clientId, accountId)
    const sql = `delete from tokens where client_id = ? and account_id = ?
      and data ->> '$.grantType' = 'authorization_code'`
    this.store.run(sql, clientId, accountId)
  }

  token(token: string, now: number): AccessToken | undefined {
    const sql = 'select data from tokens where token = ? and expires_at > ?'
    return parsed(this.store.get<DataRow>(sql, token, now))
  }

  saveToken(token: AccessToken): void {
    this.store.run(
      'insert into tokens (token, client_id, account_id, expires_at, data) values (?, ?, ?, ?, ?)',
      token.token,
      token.clientId,
      token.accountId,
      token.expiresAt,
      JSON.stringify(token)
    )
  }

  /** What was granted to an application stays granted when its id changes. */
  renameApplication(from: string, to: string): void {
    for (const table of ['grants', 'tokens']) {
      const sql = `update ${table} set client_id = ?, data = json_set(data, '$.clientId', ?)
        where client_id = ?`
      this.store.run(sql, to, to, from)
    }
    const codes = `update codes set data = json_set(data, '$.clientId', ?)
      where data ->> '$.clientId' = ?`
    this.store.run(codes, to, from)
  }
}
