import { test } from '@japa/runner'
import { PLATFORM_CLIENT_ID } from '../../../app/simulator/main.js'
import { startReceiver, startTestSimulator } from './support.js'

test.group('Simulator | legacy notifications', (group) => {
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  let simulator: Awaited<ReturnType<typeof startTestSimulator>>
  group.each.setup(async () => {
    receiver = await startReceiver()
    simulator = await startTestSimulator({ appUrl: receiver.url })
    return async () => {
      await simulator.close()
      await receiver.close()
    }
  })

  const switchOn = () =>
    simulator.call('PATCH', `/_simulator/applications/${PLATFORM_CLIENT_ID}`, { legacy_ipn: true })
  const heard = async (change: Record<string, unknown> = {}) => {
    const { id } = await simulator.charge(change)
    await simulator.control('/deliveries/flush', { due_only: true })
    const told = receiver.received.splice(0)
    return {
      id: Number(id),
      told: told.map(({ url, body }) => [url.search, body.topic ?? body.type]),
    }
  }

  test('are not sent unless the application wants them', async ({ assert }) => {
    const { told } = await heard()
    assert.lengthOf(told, 1)
  })

  test('come as twins, unsigned, in two fields', async ({ assert }) => {
    await switchOn()
    const { id } = await simulator.charge()
    await simulator.control('/deliveries/flush', { due_only: true })
    assert.lengthOf(receiver.received, 2)
    const twin = receiver.received.find(({ url }) => url.searchParams.has('topic'))!
    assert.deepEqual(Object.fromEntries(twin.url.searchParams), {
      topic: 'payment',
      id: String(id),
    })
    assert.deepEqual(twin.body, { resource: String(id), topic: 'payment' })
    assert.notProperty(twin.headers, 'x-signature')
    const other = receiver.received.find((one) => one !== twin)!
    assert.property(other.headers, 'x-signature')
  })

  test('are what an address asks for', async ({ assert }) => {
    const url = (news: string) => ({
      notification_url: `${receiver.url}/hook?source_news=${news}`,
    })
    const only = await heard(url('ipn'))
    assert.deepEqual(only.told, [[`?source_news=ipn&id=${only.id}&topic=payment`, 'payment']])
    await switchOn()
    const modern = await heard(url('webhooks'))
    assert.lengthOf(modern.told, 1)
    assert.include(modern.told[0][0], 'data.id=')
  })

  test('tell of chargebacks too', async ({ assert }) => {
    await switchOn()
    const { id } = await simulator.charge()
    await simulator.control(`/payments/${id}/pay`)
    receiver.received.length = 0
    await simulator.control(`/payments/${id}/chargebacks`)
    const topics = receiver.received.map(({ body }) => body.topic).filter(Boolean)
    assert.sameMembers(topics, ['chargebacks', 'payment'])
  })
})
