import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { createHost } from 'isopod'

const validator = await createHost().load(new URL('./validator.wasm', import.meta.url))
const record = { iban: 'DE89 3704 0044 0532 0130 00', country: 'AT', postcode: '1010' }

const app = new Hono()

app.get('/', (c) => c.text('Hello Hono!'))
app.get('/validate', async (c) => c.json(await validator.call('validate', record, { as: 'json' })))

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT ?? 3000) })
