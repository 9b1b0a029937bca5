import Alpine from '@alpinejs/csp'
import { chart } from './components/chart.js'
import { copy } from './components/copy.js'
import { form } from './components/form.js'
import { mask } from './components/mask.js'
import { menu } from './components/menu.js'
import { modal, opener } from './components/modal.js'
import { popover } from './components/popover.js'
import { printer } from './components/printer.js'
import { theme } from './components/theme.js'
import { toast } from './components/toast.js'
import { watch } from './components/watch.js'

const components = {
  chart,
  copy,
  form,
  mask,
  menu,
  modal,
  opener,
  popover,
  printer,
  theme,
  toast,
  watch,
}
for (const [name, component] of Object.entries(components)) Alpine.data(name, component)

Alpine.start()
