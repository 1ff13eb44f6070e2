import { createHost } from '@isopod/browser'
import plugin from './validator.wasm?plugin'

const validator = createHost().load(plugin.source, plugin.options)

export async function validate(record) {
  return (await validator).call('validate', record, { as: 'json' })
}
