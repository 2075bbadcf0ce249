import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the window with the pretended program, for an ordinary browser: `vite build -c` this file. */
export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  base: './',
  plugins: [react()],
  build: {
    outDir: new URL('../../../build/out/preview', import.meta.url).pathname,
    emptyOutDir: true,
    target: 'chrome120',
  },
});
