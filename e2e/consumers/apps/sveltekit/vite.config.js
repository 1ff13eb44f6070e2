import isopod from '@isopod/build/vite';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
	plugins: [sveltekit(), isopod()],
	build: { sourcemap: true }
});
