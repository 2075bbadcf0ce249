import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { windowTrustedTypesPolicy } from '../../../shared/trusted-types.ts';

/** Builds the window with the pretended program, for an ordinary browser: `vite build -c` this file. */
export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  base: './',
  plugins: [react()],
  // The page has this part of its policy here too, so that each test of it shows that nothing needs more.
  preview: { headers: { 'content-security-policy': windowTrustedTypesPolicy } },
  build: {
    outDir: new URL('../../../build/out/preview', import.meta.url).pathname,
    emptyOutDir: true,
    target: 'chrome120',
  },
});
