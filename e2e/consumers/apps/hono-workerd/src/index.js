import { Hono } from 'hono'
import { createHost } from '@isopod/edge/static'
import plugin from './validator.wasm?plugin'

const validator = await createHost().load(plugin.source, plugin.options)
const record = { iban: 'DE89 3704 0044 0532 0130 00', country: 'AT', postcode: '1010' }

const app = new Hono()

app.get('/', (c) => c.text('Hello Hono!'))
app.get('/validate', async (c) => c.json(await validator.call('validate', record, { as: 'json' })))

export default app
