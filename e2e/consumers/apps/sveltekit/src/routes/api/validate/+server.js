import { json } from '@sveltejs/kit';
import { validate } from '$lib/validate.js';

export async function GET() {
	return json(await validate());
}
