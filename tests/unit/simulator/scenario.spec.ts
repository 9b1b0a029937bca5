import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { defaultScenario, readScenario } from '../../../app/simulator/main.js'
import { pixRequest, startTestSimulator } from './support.js'

const EXAMPLE = 'docs/examples/scenario.json'
const SELLER = { id: 7, site_id: 'MLB' }
const application = (change: Record<string, unknown> = {}) => ({
  applications: [{ client_id: '1', owner_id: 7, ...change }],
  accounts: [SELLER],
})
const account = (change: Record<string, unknown>) => ({ accounts: [{ ...SELLER, ...change }] })

const REFUSED: [of: string, content: unknown, reason: string][] = [
  ['a list', [], 'the file must be a JSON object'],
  ['something unknown', { users: [] }, 'users is unknown in the file'],
  ['no accounts', {}, 'accounts is not a list'],
  ['an empty list', { accounts: [] }, 'accounts is empty'],
  ['no site', { accounts: [{}] }, 'accounts[0]: site_id is missing'],
  ['another site', account({ site_id: 'MLX' }), 'accounts[0]: site_id must be one of MLB'],
  ['an id as text', account({ id: '7' }), 'accounts[0]: id must be an integer'],
  ['a misspelt field', account({ nick: 'A' }), 'accounts[0]: nick is unknown in an account'],
  ['half a document', account({ identification: {} }), 'identification.type is missing'],
  [
    'a wrong setting',
    account({ settings: { fees: { cowries: 1 } } }),
    'cowries is unknown in fees',
  ],
  ['one account twice', { accounts: [SELLER, SELLER] }, 'the account 7 stands there twice'],
  [
    'one token twice',
    {
      accounts: [
        { ...SELLER, access_token: 'A' },
        { site_id: 'MLA', access_token: 'A' },
      ],
    },
    'the access_token A stands there twice',
  ],
  ['no client', application({ client_id: undefined }), 'applications[0]: client_id is missing'],
  ['no owner', application({ owner_id: 8 }), '8, who owns 1, is no account of it'],
  ['a loose redirect', application({ redirect_uris: 'http://a/' }), 'redirect_uris is not a list'],
  ['a redirect to nowhere', application({ redirect_uris: ['x'] }), 'must be an http or https'],
  ['a webhook to nowhere', application({ webhook_url: 'x' }), 'must be an http or https address'],
  ['a key that is none', application({ payouts: { public_key: 'x' } }), 'public Ed25519 key'],
]

test.group('Simulator | scenarios', (group) => {
  let folder: string
  group.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scenario-'))
    return () => rm(folder, { recursive: true })
  })

  const written = async (content: unknown) => {
    const file = join(folder, 'scenario.json')
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  }

  test('are refused with {0}, and say why')
    .with(REFUSED)
    .run(async ({ assert }, [, content, reason]) => {
      const file = await written(content)
      let message = ''
      try {
        readScenario(file)
      } catch (error) {
        message = (error as Error).message
      }
      assert.include(message, `${file} is no scenario: `)
      assert.include(message, reason)
    })

  test('are refused when they are no JSON, or not there', async ({ assert }) => {
    const file = await written('{"accounts": [')
    assert.throws(() => readScenario(file), /is no scenario: it is not JSON \(/)
    assert.throws(() => readScenario(join(folder, 'none')), /there is no such file/)
  })

  test('of the documentation works as it stands', async ({ assert, cleanup }) => {
    const scenario = readScenario(EXAMPLE)
    const simulator = await startTestSimulator({ scenario })
    cleanup(() => simulator.close())
    assert.lengthOf(simulator.accounts, 3)
    const [school, , kiosk] = simulator.accounts
    const headers = {
      'authorization': `Bearer ${school.access_token}`,
      'x-idempotency-key': 'k',
    }
    const { body } = await simulator.call('POST', '/v1/payments', pixRequest(), headers)
    const { body: paid } = await simulator.control(`/payments/${body.id}/pay`)
    assert.equal(paid.fee_details[0].amount, 0.49)
    const me = await simulator.call('GET', '/users/me', undefined, {
      authorization: `Bearer ${kiosk.access_token}`,
    })
    assert.deepInclude(me.body, { site_id: 'MLA', nickname: 'KIOSCODEJUAN' })
    const [fees] = simulator.applications
    assert.equal(fees.owner_id, school.id)
    assert.equal(school.client_id, fees.client_id)
  })

  test('make up what they leave out, the same each time', async ({ assert }) => {
    assert.deepEqual(readScenario(EXAMPLE), readScenario(EXAMPLE))
    const [own] = readScenario(await written({ accounts: [{ site_id: 'MLB' }] })).accounts
    assert.match(own.access_token, new RegExp(`^APP_USR-\\d{16}-010100-[0-9a-f]{32}-${own.id}$`))
    assert.match(own.public_key, /^APP_USR-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    assert.match(own.email, /@testuser\.com$/)
  })

  test('can be what there is from the beginning', async ({ assert }) => {
    const read = readScenario(await written(defaultScenario))
    assert.deepEqual(
      read.accounts.map(({ access_token: token }) => token),
      defaultScenario.accounts.map(({ access_token: token }) => token)
    )
    assert.deepInclude(read.applications[0], defaultScenario.applications[0])
  })
})
