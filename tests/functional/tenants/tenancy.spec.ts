import { test } from '@japa/runner'
import router from '@adonisjs/core/services/router'
import { newId } from '#app/core/ids'
import type Membership from '#app/tenants/models/membership'
import type { Role } from '#app/tenants/models/membership'
import {
  defaultStore,
  givenMember,
  givenPlatformAdmin,
  givenStore,
  givenTenant,
} from '#tests/support/given'
import { loggedIn, locationOf, statusOf, textOf, Visitor } from '#tests/support/visitor'

const workingAs = ({ user }: Membership): Promise<Visitor> => loggedIn(user)

/** A page without what differs from request to request. */
const bare = (text: string) =>
  text.replace(/nonce-\S+|value='[^']+'|name="_key" value="[^"]+"/g, '')

test.group('A tenant', () => {
  test('is missing for whoever is no member of it: the same answer as for none', async ({
    assert,
  }) => {
    const foreign = await givenTenant()
    const visitor = await workingAs(await givenMember(await givenTenant(), 'owner'))
    const admin = await loggedIn(await givenPlatformAdmin())
    for (const who of [visitor, admin]) {
      for (const page of ['', '/stores', '/members', '/settings', '/receivables', '/payouts']) {
        const [there, nowhere] = [
          await who.get(`/t/${foreign.slug}${page}`),
          await who.get(`/t/none${page}`),
        ]
        assert.deepEqual([there.status, nowhere.status], [404, 404])
        assert.equal(bare(there.text), bare(nowhere.text))
        assert.notInclude(there.text, foreign.tradeName)
      }
    }
  })

  test('is changed by nobody from outside', async ({ assert }) => {
    const foreign = await givenTenant({ tradeName: 'Untouched' })
    const visitor = await workingAs(await givenMember(await givenTenant(), 'owner'))
    await visitor.get('/account')
    const form = { tradeName: 'Taken', locale: 'en', timeZone: 'UTC', name: 'Taken' }
    assert.equal(await statusOf(visitor.post(`/t/${foreign.slug}/settings`, form)), 404)
    assert.equal(await statusOf(visitor.post(`/t/${foreign.slug}/stores`, form)), 404)
    await foreign.refresh()
    assert.equal(foreign.tradeName, 'Untouched')
  })

  test('has no store of another tenant: a foreign id answers like a missing one', async ({
    assert,
  }) => {
    const foreign = await defaultStore(await givenTenant())
    const membership = await givenMember(await givenTenant(), 'owner')
    const visitor = await workingAs(membership)
    const at = (id: string) => `/t/${membership.tenant.slug}/stores/${id}`
    const [there, nowhere] = [await visitor.get(at(foreign.id)), await visitor.get(at(newId()))]
    assert.deepEqual([there.status, nowhere.status], [404, 404])
    assert.equal(bare(there.text), bare(nowhere.text))

    await visitor.get('/account')
    for (const path of [at(foreign.id), `${at(foreign.id)}/default`]) {
      assert.equal(await statusOf(visitor.post(path, { name: 'Taken' })), 404)
    }
    await foreign.refresh()
    assert.equal(foreign.name, 'Matriz')
  })

  test('has no address for an id that is none', async ({ assert }) => {
    const membership = await givenMember(await givenTenant(), 'owner')
    const visitor = await workingAs(membership)
    for (const id of ['1', 'x', "'", '0192f0c1']) {
      const { status } = await visitor.get(`/t/${membership.tenant.slug}/stores/${id}`)
      assert.equal(status, 404)
    }
  })

  test('closes its pages to a member who was removed, with the next click', async ({ assert }) => {
    const membership = await givenMember(await givenTenant(), 'manager')
    const visitor = await workingAs(membership)
    assert.equal(await statusOf(visitor.get(`/t/${membership.tenant.slug}`)), 200)
    await membership.delete()
    assert.equal(await statusOf(visitor.get(`/t/${membership.tenant.slug}`)), 404)
  })

  test('{state} says so on its pages and stays readable')
    .with([{ state: 'pending' }, { state: 'suspended' }, { state: 'closed' }] as const)
    .run(async ({ assert }, { state }) => {
      const membership = await givenMember(await givenTenant({ state }), 'owner')
      const visitor = await workingAs(membership)
      const { status, text } = await visitor.get(`/t/${membership.tenant.slug}`)
      assert.equal(status, 200)
      assert.match(text, /Empresa (em análise|suspensa|encerrada)/)
      assert.notInclude(text, 'Nova cobrança')
    })
})

const pages: [string, Record<Role, number>][] = [
  ['', { owner: 200, manager: 200, cashier: 200 }],
  ['/stores', { owner: 200, manager: 200, cashier: 403 }],
  ['/members', { owner: 200, manager: 200, cashier: 403 }],
  ['/settings', { owner: 200, manager: 403, cashier: 403 }],
]

test.group('A role', () => {
  for (const role of ['owner', 'manager', 'cashier'] as const) {
    test(`${role} sees its pages in each language, and no other`, async ({ assert }) => {
      const membership = await givenMember(await givenTenant(), role)
      const visitor = await workingAs(membership)
      for (const locale of ['pt-BR', 'es', 'en']) {
        await membership.user.refresh()
        await membership.user.merge({ locale }).save()
        for (const [path, expected] of pages) {
          const { status, text } = await visitor.get(`/t/${membership.tenant.slug}${path}`)
          assert.equal(status, expected[role], `${role} ${path}`)
          assert.include(text, `<html lang="${locale}"`)
          assert.notInclude(text, 'translation missing')
        }
      }
    })
  }

  test('finds a page behind every entry of its menu', async ({ assert }) => {
    const tenant = await givenTenant()
    const { user: owner } = await givenMember(tenant, 'owner')
    const { user: cashier } = await givenMember(tenant, 'cashier')
    const homes = [
      { user: owner, home: `/t/${tenant.slug}`, entries: 12 },
      { user: cashier, home: `/t/${tenant.slug}`, entries: 2 },
      { user: await givenPlatformAdmin(), home: '/admin', entries: 9 },
    ]
    for (const { user, home, entries } of homes) {
      const visitor = await loggedIn(user)
      const text = await textOf(visitor.get(home))
      const menu = /class="sidebar-nav"[^]*?<\/nav>/.exec(text)![0]
      const addresses = [...menu.matchAll(/href="([^"]+)"/g)].map(([, address]) => address)
      assert.lengthOf(addresses, entries, home)
      for (const address of addresses) {
        assert.equal(await statusOf(visitor.get(address)), 200, address)
      }
    }
  })

  test('below owner changes nothing of the tenant', async ({ assert }) => {
    const tenant = await givenTenant({ tradeName: 'Untouched' })
    const store = await givenStore(tenant, 'Centro')
    for (const role of ['manager', 'cashier'] as const) {
      const visitor = await workingAs(await givenMember(tenant, role))
      await visitor.get('/account')
      const home = `/t/${tenant.slug}`
      const form = { tradeName: 'Taken', name: 'Taken', locale: 'en', timeZone: 'UTC' }
      for (const path of [
        '/settings',
        '/stores',
        `/stores/${store.id}`,
        `/stores/${store.id}/default`,
      ]) {
        assert.equal(await statusOf(visitor.post(home + path, form)), 403, `${role} ${path}`)
      }
    }
    await tenant.refresh()
    await store.refresh()
    assert.deepEqual([tenant.tradeName, store.name], ['Untouched', 'Centro'])
    assert.isFalse(store.isDefault)
  })

  test('of no tenant finds no back office', async ({ assert }) => {
    const visitor = await workingAs(await givenMember(await givenTenant(), 'owner'))
    const addresses = Object.values(router.toJSON())
      .flat()
      .filter(({ pattern, methods }) => pattern.startsWith('/admin') && methods.includes('GET'))
      .map(({ pattern }) => pattern.replace(/:\w+/g, newId()))
    for (const address of ['/admin', ...addresses]) {
      assert.equal(await statusOf(visitor.get(address)), 404, address)
      assert.equal((await locationOf(new Visitor().get(address))) ?? '/login', '/login', address)
    }
  })
})
