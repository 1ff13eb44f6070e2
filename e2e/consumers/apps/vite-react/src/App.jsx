import { createHost } from 'isopod'
import { useEffect, useState } from 'react'
import plugin from './validator.wasm?plugin'

const validator = createHost().load(plugin.source, plugin.options)
const record = { iban: 'DE89 3704 0044 0532 0130 00', country: 'AT', postcode: '1010' }

export default function App() {
  const [verdict, setVerdict] = useState()
  useEffect(() => {
    validator
      .then((loaded) => loaded.call('validate', record, { as: 'json' }))
      .then(setVerdict)
  }, [])

  return <output>{verdict && JSON.stringify(verdict)}</output>
}
