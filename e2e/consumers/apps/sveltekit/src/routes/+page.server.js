import { validate } from '$lib/validate.js';

export async function load() {
	return { verdict: await validate() };
}
