import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import string from '@adonisjs/core/helpers/string'

/**
 * Every read of a tenant's row goes through the tenant.
 *
 * A query that begins at a tenant-owned model or table must name `tenant_id` in the same chain. One
 * that rightly spans tenants (the worker, a look-up by an identity of the outside world, the
 * platform's admin) says why in a comment on it or above it: `// tenant: <why>`.
 *
 * Tenant-owned is what has a `tenant_id`, read from the generated schema. Queries that begin at a
 * row (`tenant.related('stores')`) are bound to it by their key.
 */

/** Work for the worker and lists for the platform's admin; no tenant ever reads them. */
const SYSTEM_MODELS = ['OutboxEffect', 'WebhookEvent']

const READS =
  /^(query|find|findOrFail|findMany|first|firstOrFail|all|find(Many)?By(OrFail)?|firstOr(New|Create)|updateOrCreate(Many)?|fetchOr(New|Create)\w*|truncate)$/
const WHERES = /^(where|andWhere|whereIn|whereRaw|andWhereRaw)$/
const TENANT = /(^|\.)tenant_?id$/i
const ESCAPE = /^\s*tenant: \S/

function tenantOwned(root) {
  const schema = readFileSync(join(root, 'database/schema.ts'), 'utf8')
  const models = [...schema.matchAll(/export class (\w+)Schema [^]*?\n}/g)]
    .filter(([body]) => /declare tenantId\b/.test(body))
    .map(([, name]) => name)
    .filter((name) => !SYSTEM_MODELS.includes(name))
  const tables = models.map((name) => string.pluralize(string.snakeCase(name)))
  return { models: new Set(models), tables: new Set(tables) }
}

const textOf = (node) => {
  if (node?.type === 'Literal') return String(node.value)
  return node?.type === 'TemplateLiteral'
    ? node.quasis.map(({ value }) => value.raw).join(' ')
    : undefined
}

const namesTenant = (node) => {
  if (node?.type === 'ObjectExpression') {
    return node.properties.some(({ key }) => TENANT.test(key?.name ?? key?.value ?? ''))
  }
  return TENANT.test(textOf(node) ?? '')
}

const methodOf = (call) =>
  call.callee.type === 'MemberExpression' ? (call.callee.property.name ?? '') : ''

/** The calls of a chain that follow this one, e.g. `.where(…)` and `.first()` after `query()`. */
function* following(call) {
  let node = call
  while (node.parent?.type === 'MemberExpression' && node.parent.object === node) {
    const { parent } = node.parent
    if (parent?.type !== 'CallExpression' || parent.callee !== node.parent) return
    yield parent
    node = parent
  }
}

/** The model that this file is of, if it is one. */
const modelIn = (ast) =>
  ast.body
    .map((statement) =>
      statement.type === 'ExportDefaultDeclaration' ? statement.declaration : null
    )
    .find((declaration) => declaration?.type === 'ClassDeclaration')?.id?.name

export const tenantRows = {
  meta: {
    type: 'problem',
    messages: {
      missing:
        'This reads rows of {{what}} of any tenant: name tenant_id here, or say why not in a comment: // tenant: <why>',
    },
    schema: [],
  },
  create(context) {
    const { models, tables } = tenantOwned(context.cwd)
    const { sourceCode } = context
    const imported = new Set()

    const isExcused = (node) => {
      let statement = node
      while (!/(Statement|Declaration|Definition)$/.test(statement.type))
        statement = statement.parent
      const last = statement.loc.end.line
      return sourceCode
        .getAllComments()
        .some(
          ({ value, loc }) =>
            ESCAPE.test(value) &&
            loc.end.line >= statement.loc.start.line - 1 &&
            loc.end.line <= last
        )
    }
    const report = (node, what) => {
      if (!isExcused(node)) context.report({ node, messageId: 'missing', data: { what } })
    }
    /** A condition may be a constant of the same function. */
    const valueOf = (node) => {
      if (node?.type !== 'Identifier') return node
      let scope = sourceCode.getScope(node)
      while (scope && !scope.set.has(node.name)) scope = scope.upper
      return scope?.set.get(node.name).defs[0]?.node.init
    }
    const isCondition = (call) => {
      const [first] = call.arguments
      if (!WHERES.test(methodOf(call))) return false
      if (/Raw$/.test(methodOf(call))) return /tenant_id/.test(textOf(first) ?? '')
      return namesTenant(valueOf(first))
    }
    const isModel = ({ type, name }) =>
      type === 'ThisExpression'
        ? models.has(modelIn(sourceCode.ast) ?? '')
        : type === 'Identifier' && imported.has(name)

    const checkModel = (call) => {
      const { object, property } = call.callee
      const keyed = namesTenant(valueOf(call.arguments[0]))
      if (keyed || [...following(call)].some(isCondition)) return
      report(call, object.name ?? property.name)
    }
    const checkTable = (call) => {
      const table = textOf(call.arguments[0])?.trim().split(/\s+/)[0] ?? ''
      if (tables.has(table) && ![...following(call)].some(isCondition)) report(call, table)
    }
    const checkRaw = (call) => {
      const sql = textOf(call.arguments[0]) ?? ''
      const named = [...sql.matchAll(/\b(?:from|join|update)\s+"?(\w+)/gi)].map(([, name]) => name)
      const table = named.find((name) => tables.has(name))
      if (table && !/tenant_id/i.test(sql)) report(call, table)
    }

    return {
      'ImportDeclaration'({ source, specifiers }) {
        const name = /\/models\/(\w+)$/.exec(source.value.replace(/\.js$/, ''))?.[1]
        if (!name || !models.has(string.pascalCase(name))) return
        for (const { type, local } of specifiers) {
          if (type === 'ImportDefaultSpecifier') imported.add(local.name)
        }
      },
      'CallExpression[callee.type="MemberExpression"]': (call) => {
        const method = methodOf(call)
        if (READS.test(method) && isModel(call.callee.object)) checkModel(call)
        else if (method === 'from') checkTable(call)
        else if (/^(rawQuery|raw)$/.test(method)) checkRaw(call)
      },
    }
  },
}
