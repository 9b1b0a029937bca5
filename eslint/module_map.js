/** Who may know whom: the map of the house, as ESLint's own rules. */

const base = ['core', 'identity', 'tenants']

/** Each module, and the ones it may import from. */
const knows = {
  core: [],
  identity: ['core'],
  tenants: ['core', 'identity'],
  ledger: ['core', 'tenants'],
  gateway: base,
  webhooks: ['core', 'tenants', 'gateway'],
  receivables: [...base, 'gateway'],
  payments: [...base, 'gateway', 'ledger', 'webhooks', 'receivables'],
  payouts: [...base, 'gateway', 'ledger'],
  subscriptions: [...base, 'gateway', 'ledger', 'webhooks', 'receivables', 'payments'],
  simulator: [],
}
knows.admin = Object.keys(knows).filter((name) => name !== 'simulator')

export const modules = Object.keys(knows)

/** What a module shows to the ones that know it; `core` shows all of it. */
const shows = {
  core: '',
  ledger: '(ledger$|models/|queries/)',
  gateway:
    '(gateway_resolver$|gateway_errors$|mercado_pago$|provider$|provider_errors$|sites$|token_keeper$|actions/|models/|queries/)',
}
const showsByDefault = '(actions|events|mixins|models|queries)/'

const provider = { regex: '^mercadopago', message: 'Only gateway speaks to Mercado Pago.' }
const generatedSchema = {
  regex: '^#database/schema',
  message: 'Only models extend the generated schema.',
}
const httpContext = {
  regex: '^@adonisjs/core/(http|services/router)$',
  message: 'Models, actions and queries take plain values.',
}
const upwards = {
  regex: '^#(tests|commands)/',
  message: 'The app knows neither its tests nor its commands.',
}
const nothing = {
  regex: '^#(app|database|config|start|generated)/',
  message: 'The simulator knows nothing of the app.',
}

const boundary = (module, other, kind) => {
  if (knows[module].includes(other)) {
    const message = `That part of ${other} is private.`
    return { regex: `^#app/${other}/(?!${shows[other] ?? showsByDefault})`, message }
  }
  // A page shows what other modules know of its subject.
  if (kind === 'controllers' && module !== 'simulator' && other !== 'simulator') {
    const message = `A controller of ${module} may only read ${other}'s queries.`
    return { regex: `^#app/${other}/(?!queries/)`, message }
  }
  return { regex: `^#app/${other}/`, message: `${module} does not know ${other}.` }
}

const patternsOf = (module, kind) => [
  ...modules.filter((other) => other !== module).map((other) => boundary(module, other, kind)),
  ...(module === 'gateway' ? [] : [provider]),
  ...(module === 'simulator' ? [nothing] : []),
  ...(kind === 'models' ? [] : [generatedSchema]),
  ...(['models', 'actions', 'queries'].includes(kind) ? [httpContext] : []),
  upwards,
]

/** The same for static imports and for `import()`. */
const forbid = (patterns) => ({
  'no-restricted-imports': ['error', { patterns }],
  'no-restricted-syntax': [
    'error',
    {
      selector: 'ImportExpression > :not(Literal).source',
      message: 'What is imported is written out, so that the map can be checked.',
    },
    ...patterns.map(({ regex, message }) => ({
      selector: `ImportExpression > Literal[value=/${regex.replaceAll('/', '\\/')}/]`,
      message,
    })),
  ],
})

const configOf = (module) => [
  { files: [`app/${module}/**/*.ts`], rules: forbid(patternsOf(module)) },
  ...['models', 'actions', 'queries', 'controllers'].map((kind) => ({
    files: [`app/${module}/**/${kind}/**/*.ts`],
    rules: forbid(patternsOf(module, kind)),
  })),
]

/** Wiring and commands reach what modules show, and what wiring is made of. */
const simulator = {
  regex: '^#app/simulator/',
  message: 'Only its own commands start the simulator.',
}
const wiring = [
  { files: ['start/**/*.ts', 'config/**/*.ts'], rules: forbid([provider, simulator, upwards]) },
  { files: ['commands/**/*.ts'], rules: forbid([provider, simulator]) },
  {
    files: ['commands/simulator*.ts', 'commands/demo*.ts', 'bench/**/*.ts'],
    rules: forbid([provider]),
  },
]

export const moduleMap = [...modules.flatMap(configOf), ...wiring]
