/** What the demo begins with. No imports: its launcher reads this before anything is started. */

export const PASSWORD = 'repasse-demo'

export const logins = {
  admin: { email: 'admin@example.com', fullName: 'Ana Prado', role: 'platform admin' },
  owner: { email: 'dona@example.com', fullName: 'Jasmim Duarte', role: 'owner' },
  cashier: { email: 'caixa@example.com', fullName: 'Caio Reis', role: 'cashier' },
} as const

export const platform = { name: 'Repasse Demo Pagamentos', taxId: '11.222.333/0001-81' }

export const tenant = {
  legalName: 'Jasmim Perfumes e Cosméticos Ltda',
  tradeName: 'Perfumaria Jasmim',
  slug: 'perfumaria-jasmim',
  taxId: '11.444.777/0001-61',
  storeName: 'Centro',
  secondStore: 'Shopping',
}

/** Mercado Pago accounts of the tenant's owner, one for each store. */
export const sellers = [
  { id: 711000101, site_id: 'MLB', nickname: 'JASMIM_CENTRO', email: 'centro@jasmim.example' },
  { id: 711000202, site_id: 'MLB', nickname: 'JASMIM_SHOPPING', email: 'shopping@jasmim.example' },
].map((seller) => ({ ...seller, corporate_name: 'Jasmim Perfumes e Cosméticos Ltda' }))

/** How the tenant shows itself on mails and to payers; its logo is beside this file. */
export const brand = {
  brandColor: '#7a1f4d',
  contactEmail: 'atendimento@jasmim.example',
  contactPhone: '+55 11 3333-4444',
}

/** Reminders: days from the due date, and the hour. */
export const reminders = { isOn: true, days: [-3, 0, 5], hour: 9 }

/** The owner has another one: tenants can be switched. */
export const otherTenant = {
  legalName: 'Cantina da Nona Restaurantes Ltda',
  tradeName: 'Cantina da Nona',
  taxId: '12.ABC.345/01DE-35',
  storeName: 'Matriz',
}

export const customers = [
  { name: 'Maria das Dores Souza', email: 'maria@example.com', kind: 'CPF', taxId: '52998224725' },
  { name: 'José Carlos Lima', email: 'jose@example.com', kind: 'CPF', taxId: '11144477735' },
  { name: 'Beatriz Nogueira', email: 'bia@example.com', kind: 'CPF', taxId: '12345678909' },
] as const

export const address = {
  postalCode: '01310100',
  street: 'Avenida Paulista',
  streetNumber: '1000',
  complement: null,
  district: 'Bela Vista',
  city: 'São Paulo',
  stateCode: 'SP',
}

/** In the order in which they are made; `customer` counts from zero, amounts are centavos. */
export const receivables = [
  {
    customer: 0,
    description: 'Perfume de jasmim 100 ml',
    amountMinor: 189_90,
    dueInDays: 5,
    until: 'paid',
  },
  {
    customer: 1,
    description: 'Kit presente de Natal',
    amountMinor: 1_234_56,
    dueInDays: 10,
    until: 'issued',
  },
  {
    customer: 2,
    description: 'Oficina de aromas, grupo',
    amountMinor: 3_450_00,
    dueInDays: 15,
    until: 'paid',
  },
  {
    customer: 1,
    description: 'Difusor de ambiente',
    amountMinor: 78_00,
    dueInDays: 60,
    until: 'issued',
  },
  {
    customer: 0,
    description: 'Sabonetes artesanais',
    amountMinor: 96_00,
    dueInDays: 3,
    until: 'draft',
  },
] as const
