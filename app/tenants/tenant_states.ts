export type TenantState = 'pending' | 'active' | 'suspended' | 'closed'

const next: Record<TenantState, readonly TenantState[]> = {
  pending: ['active', 'closed'],
  active: ['suspended', 'closed'],
  suspended: ['active', 'closed'],
  closed: [],
}

export const mayFollow = (from: TenantState, to: TenantState): boolean => next[from].includes(to)
