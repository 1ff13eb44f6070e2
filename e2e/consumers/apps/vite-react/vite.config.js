import isopod from '@isopod/build/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react(), isopod()],
  build: { sourcemap: true },
})
