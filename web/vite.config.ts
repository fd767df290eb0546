import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// `npm run dev` passes /api on to a running box, whose certificate is its own.
const box = process.env.GATEHOUSE_URL ?? 'https://127.0.0.1:8887';

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: 'target/classes/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false }, // an inline script would break the Content-Security-Policy
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': { target: box, secure: false } } },
});
