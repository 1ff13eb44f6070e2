import { createHost } from '@isopod/browser';
import plugin from './validator.wasm?plugin';

createHost()
  .load(plugin.source, plugin.options)
  .then((validator) => validator.call('validate', { iban: 'DE89 3704 0044 0532 0130 00', country: 'AT', postcode: '1010' }, { as: 'json' }))
  .then((verdict) => {
    document.querySelector('output').textContent = JSON.stringify(verdict);
  });
