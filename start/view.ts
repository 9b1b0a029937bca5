import edge from 'edge.js'
import { newPublicToken } from '#app/core/ids'

/** A fresh key for a form's hidden `_key`: see `once`. */
edge.global('formKey', newPublicToken)
