/** The peer: no framework, the signature checked, one INSERT per request, answered after its commit. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import Database from 'better-sqlite3'
import pg from 'pg'

const [engine, target, port, secret] = process.argv.slice(2)

const columns = 'dedupe_key, topic, resource_id, mp_user_id, query, body, received_at'
type Row = (string | null)[]

function sqliteInsert(): (row: Row) => unknown {
  const db = new Database(target)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  const insert = db.prepare(
    `insert into inbox (${columns}) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing`
  )
  return (row) => insert.run(...row)
}

function postgresInsert(): (row: Row) => unknown {
  const pool = new pg.Pool({ connectionString: target, max: 10 })
  const text = `insert into inbox (${columns}) values ($1, $2, $3, $4, $5, $6, $7)
    on conflict do nothing`
  return (values) => pool.query({ name: 'insert', text, values })
}

const insert = engine === 'pg' ? postgresInsert() : sqliteInsert()

function isSigned(dataId: string, requestId: string, header: string) {
  const match = /^ts=(\d+),v1=([\da-f]{64})$/.exec(header)
  if (!match) return false
  const manifest = `id:${dataId};request-id:${requestId};ts:${match[1]};`
  const hash = createHmac('sha256', secret).update(manifest).digest()
  return timingSafeEqual(hash, Buffer.from(match[2], 'hex'))
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', async () => {
    const body = Buffer.concat(chunks).toString('utf8')
    const url = new URL(request.url!, 'http://localhost')
    const dataId = url.searchParams.get('data.id')!
    const topic = url.searchParams.get('type')!
    const requestId = String(request.headers['x-request-id'])
    if (!isSigned(dataId, requestId, String(request.headers['x-signature']))) {
      response.writeHead(401).end()
      return
    }
    const said = JSON.parse(body)
    const key = `${topic}:${said.id}`
    const now = new Date().toISOString()
    await insert([key, topic, dataId, String(said.user_id), url.search, body, now])
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}')
  })
})
server.listen(Number(port), '127.0.0.1', () => console.log('listening'))
process.on('SIGTERM', () => process.exit(0))
