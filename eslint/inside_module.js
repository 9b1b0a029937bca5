import { dirname, relative, resolve, sep } from 'node:path'

const moduleOf = (path, root) => {
  const [app, module] = relative(root, path).split(sep)
  return app === 'app' ? module : undefined
}

/** A relative import stays in its module: what is outside is imported by its alias. */
export const insideModule = {
  meta: {
    type: 'problem',
    messages: { outside: 'What lies outside of the module is imported by its # alias.' },
    schema: [],
  },
  create(context) {
    const module = moduleOf(context.filename, context.cwd)
    const check = ({ source }) => {
      if (typeof source?.value !== 'string' || !source.value.startsWith('.')) return
      const target = resolve(dirname(context.filename), source.value)
      if (moduleOf(target, context.cwd) !== module) {
        context.report({ node: source, messageId: 'outside' })
      }
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    }
  },
}
