import type { ApiClient, ApiResponse } from '@japa/api-client'
import { newPublicToken } from '#app/core/ids'
import type User from '#app/identity/models/user'
import type Tenant from '#app/tenants/models/tenant'
import ImportRun from '#app/receivables/models/import_run'
import { drainWork } from '#tests/support/work'
import { cpfNumber } from '#tests/support/tax_ids'

export interface Importer {
  client: ApiClient
  tenant: Tenant
  user: User
  /** Of the import; customers when left out. */
  kind?: string
}

interface Sent {
  kind?: string
  name?: string
  key?: string
}

/** Posts a file as the form does; nothing is followed. */
export const sendFile = (
  { client, tenant, user, kind: usual = 'customers' }: Importer,
  content: string | Buffer,
  { kind = usual, name = 'list.csv', key = newPublicToken() }: Sent = {}
): Promise<ApiResponse> =>
  Promise.resolve(
    client
      .post(`/t/${tenant.slug}/imports/${kind}`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .header('referer', `/t/${tenant.slug}/imports/${kind}/new`)
      .field('_key', key)
      .file('file', Buffer.from(content), { filename: name })
  )

export const postTo = ({ client, user }: Importer, path: string, form: Record<string, string>) =>
  client.post(path).loginAs(user).withCsrfToken().redirects(0).form(form)

/** Sends a file and lets the worker read it. */
export async function checked(importer: Importer, content: string | Buffer): Promise<ImportRun> {
  const answer = await sendFile(importer, content)
  const id = /imports\/([0-9a-f-]{36})$/.exec(answer.header('location') ?? '')?.[1]
  if (!id) throw new Error(`Not taken: ${JSON.stringify(answer.flashMessages())}`)
  await drainWork()
  return ImportRun.query().where({ tenant_id: importer.tenant.id, id }).firstOrFail()
}

/** Confirms a run and lets the worker apply it. */
export async function confirmed(
  importer: Importer,
  run: ImportRun,
  options: Record<string, string> = { existing: 'update' }
): Promise<ImportRun> {
  await postTo(importer, `/t/${importer.tenant.slug}/imports/${run.id}/confirmation`, options)
  await drainWork()
  return run.refresh()
}

export const HEADING = 'nome;cpf;email'

export const RECEIVABLES_HEADING =
  'referencia;cpf;descricao;valor;vencimento;pay_until;loja;cliente;email'

/** A file of so many receivables, every tenth of a customer of its own. */
export const receivablesFile = (count: number, dueOn: string): string =>
  [
    RECEIVABLES_HEADING,
    ...Array.from({ length: count }, (_, at) => {
      const who = Math.floor(at / 10)
      const person = `Pessoa Número ${who};pessoa${who}@example.com`
      return `NF-${at};${cpfNumber(who)};Mensalidade ${at};${100 + at},00;${dueOn};;;${person}`
    }),
  ].join('\n')

/** A file of so many customers, each with a CPF of its own. */
export const customersFile = (count: number, heading = HEADING): string =>
  [
    heading,
    ...Array.from(
      { length: count },
      (_, at) => `Pessoa Número ${at};${cpfNumber(at)};pessoa${at}@example.com`
    ),
  ].join('\n')
