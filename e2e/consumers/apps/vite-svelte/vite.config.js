import isopod from '@isopod/build/vite'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

export default defineConfig({
  base: './',
  plugins: [svelte(), isopod()],
  build: { sourcemap: true },
})
