import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import mercadopago from 'mercadopago'
import sdk from 'mercadopago/dist/utils/config/index.js'
import { Bench, METHODS, config } from './official_methods.js'
import { startTestSimulator, type TestSimulator } from './support.js'

/** Products that are not simulated: a call of theirs finds nothing. */
const NOT_SIMULATED = ['AdvancedPayment', 'DisbursementRefund', 'Point']

/** Driven by the specs of their own parts. */
const ELSEWHERE: Record<string, string> = {
  Invoice: 'subscriptions_official.spec.ts',
  MerchantOrder: 'checkout_official.spec.ts',
  Order: 'orders_official.spec.ts',
  PreApproval: 'subscriptions_official.spec.ts',
  PreApprovalPlan: 'subscriptions_official.spec.ts',
  Preference: 'checkout_official.spec.ts',
}

/** Classes that talk to the API, and what they can be asked. */
function clients(): [name: string, methods: string[]][] {
  return Object.entries(mercadopago)
    .filter(([, value]) => typeof value === 'function' && !(value.prototype instanceof Error))
    .map(([name, value]): [string, string[]] => {
      const members = Object.getOwnPropertyNames((value as { prototype: object }).prototype)
      return [name, members.filter((member) => member !== 'constructor')]
    })
    .filter(([, methods]) => methods.length > 0)
}

/** By what status each is known. */
const ERRORS: [name: keyof typeof mercadopago, fault: Record<string, unknown>][] = [
  ['MPBadRequestError', { kind: 'refusal', code: 2072 }],
  ['MPAuthenticationError', { kind: 'unauthorized' }],
  ['MPPaymentError', { kind: 'server_error', status: 402 }],
  ['MPForbiddenError', { kind: 'policy_block' }],
  ['MPNotFoundError', { kind: 'refusal', code: 2000 }],
  ['MPIdempotencyError', { kind: 'server_error', status: 409 }],
  ['MPValidationError', { kind: 'server_error', status: 422 }],
  ['MPResourceLockedError', { kind: 'server_error', status: 423 }],
  ['MPDependencyError', { kind: 'server_error', status: 424 }],
  ['MPRateLimitError', { kind: 'rate_limit' }],
  ['MPServerError', { kind: 'server_error' }],
  ['MPServerError', { kind: 'error_after_work' }],
  ['MPConnectionError', { kind: 'hang_after_work' }],
]

test.group('Simulator | the whole official package', (group) => {
  let simulator: TestSimulator
  group.setup(async () => {
    simulator = await startTestSimulator()
    const settings = sdk.AppConfig as { BASE_URL: string }
    const real = settings.BASE_URL
    settings.BASE_URL = simulator.url
    return async () => {
      settings.BASE_URL = real
      await simulator.close()
    }
  })

  test('has no class and no method that nobody knows of', ({ assert }) => {
    const others = [...NOT_SIMULATED, ...Object.keys(ELSEWHERE)]
    const found = clients().filter(([name]) => !others.includes(name))
    const methods = found.flatMap(([name, members]) => members.map((member) => `${name}.${member}`))
    assert.sameMembers(methods, Object.keys(METHODS))
    const names = clients().map(([name]) => name)
    assert.includeMembers(names, others)
  })

  test('is driven in another spec by {0}')
    .with(Object.entries(ELSEWHERE))
    .run(async ({ assert }, [name, spec]) => {
      const source = await readFile(new URL(spec, import.meta.url), 'utf8')
      assert.include(source, `new ${name}(`)
    })

  test('is answered to {$self}')
    .with(Object.keys(METHODS))
    .run(async ({ assert }, method) => {
      const answer = await METHODS[method](new Bench(simulator))
      assert.isOk(answer)
    })

  test('raises {0}')
    .with(ERRORS)
    .run(async ({ assert }, [name, fault]) => {
      await simulator.control('/faults', { ...fault, times: 1 })
      const impatient = config()
      impatient.options = { ...impatient.options, timeout: 150 }
      const failure = await new mercadopago.User(impatient).get().catch((error: unknown) => error)
      assert.instanceOf(failure, mercadopago[name] as never)
    })

  test('finds nothing of the products that are not simulated', async ({ assert }) => {
    const missing = async (call: Promise<unknown>) => {
      const failure = await call.catch((error: unknown) => error)
      assert.instanceOf(failure, mercadopago.MPNotFoundError)
    }
    const { AdvancedPayment, DisbursementRefund, Point } = mercadopago
    await missing(new AdvancedPayment(config()).get({ id: '1' }))
    await missing(new DisbursementRefund(config()).listAll({ advancedPaymentId: '1' }))
    await missing(new Point(config()).getDevices({ request: {} }))
  })
})
