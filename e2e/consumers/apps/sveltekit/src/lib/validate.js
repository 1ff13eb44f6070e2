import { createHost } from 'isopod';
import plugin from './validator.wasm?plugin';

const validator = createHost().load(plugin.source, plugin.options);
const record = { iban: 'DE89 3704 0044 0532 0130 00', country: 'AT', postcode: '1010' };

export async function validate() {
	return (await validator).call('validate', record, { as: 'json' });
}
