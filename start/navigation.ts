import { openExceptions } from '#app/payments/queries/exceptions'
import type User from '#app/identity/models/user'
import type Membership from '#app/tenants/models/membership'
import type Tenant from '#app/tenants/models/tenant'
import type { Role } from '#app/tenants/models/membership'

interface Entry {
  label: string
  icon: string
  /** Below `/t/:slug` or `/admin`. */
  path: string
  roles?: Role[]
  /** How much waits there; asked only where the entry is shown. */
  count?: (tenant?: Tenant) => Promise<number>
}

const tenantEntries: Entry[][] = [
  [
    { label: 'overview', icon: 'layout-dashboard', path: '' },
    { label: 'receivables', icon: 'receipt-text', path: '/receivables' },
    { label: 'schedules', icon: 'repeat', path: '/schedules', roles: ['owner', 'manager'] },
    { label: 'customers', icon: 'users', path: '/customers', roles: ['owner', 'manager'] },
    {
      ...{ label: 'exceptions', icon: 'triangle-alert', path: '/exceptions' },
      roles: ['owner', 'manager'],
      count: (tenant) => openExceptions({ tenantId: tenant!.id }),
    },
    { label: 'statement', icon: 'scroll-text', path: '/statement', roles: ['owner', 'manager'] },
    { label: 'fees', icon: 'percent', path: '/fees', roles: ['owner', 'manager'] },
    { label: 'payouts', icon: 'banknote-arrow-up', path: '/payouts', roles: ['owner'] },
  ],
  [
    { label: 'accounts', icon: 'landmark', path: '/gateway', roles: ['owner', 'manager'] },
    { label: 'stores', icon: 'store', path: '/stores', roles: ['owner', 'manager'] },
    { label: 'members', icon: 'user-cog', path: '/members', roles: ['owner', 'manager'] },
    { label: 'settings', icon: 'settings-2', path: '/settings', roles: ['owner'] },
  ],
]

const adminEntries: Entry[][] = [
  [
    { label: 'overview', icon: 'layout-dashboard', path: '' },
    { label: 'tenants', icon: 'building', path: '/tenants' },
    { label: 'payouts', icon: 'banknote-arrow-up', path: '/payouts' },
    {
      ...{ label: 'exceptions', icon: 'triangle-alert', path: '/exceptions' },
      count: () => openExceptions('platform'),
    },
    { label: 'fees', icon: 'percent', path: '/fees' },
    { label: 'close', icon: 'scale', path: '/close' },
    { label: 'webhooks', icon: 'bell', path: '/webhooks' },
    { label: 'connections', icon: 'plug-zap', path: '/connections' },
    { label: 'gateway', icon: 'landmark', path: '/gateway' },
  ],
]

const userEntries: Entry[][] = [[{ label: 'tenants', icon: 'building', path: '/tenants' }]]

interface Place {
  reader?: User | null
  tenant?: Tenant
  membership?: Membership
  url: string
}

/** The sidebar of whoever reads this page, by groups, with the entry that the page belongs to. */
export function navigation({ reader, tenant, membership, url }: Place) {
  if (tenant && membership) {
    return groups(tenantEntries, `/t/${tenant.slug}`, url, { tenant, role: membership.role })
  }
  if (reader?.isPlatformAdmin) return groups(adminEntries, '/admin', url)
  return reader ? groups(userEntries, '', url) : []
}

function groups(
  entries: Entry[][],
  base: string,
  url: string,
  { tenant, role }: { tenant?: Tenant; role?: Role } = {}
) {
  return entries
    .map((group) => group.filter(({ roles }) => !roles || (role && roles.includes(role))))
    .filter((group) => group.length > 0)
    .map((group, index) => ({
      label: index > 0 ? 'common.nav.business' : null,
      items: group.map(({ label, icon, path, count }) => ({
        label: `common.nav.${label}`,
        icon: `lucide:${icon}`,
        href: base + path,
        count: count && (() => count(tenant)),
        current: path === '' ? url === base : (url + '/').startsWith(`${base}${path}/`),
      })),
    }))
}
