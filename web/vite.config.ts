import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type ProxyOptions } from 'vite';

const server = process.env.VIRGIL_SERVER ?? 'http://127.0.0.1:3000';

/** The server refuses a foreign Origin; in development the page's own origin is Vite's, so it is replaced. */
const toServer: ProxyOptions = {
  target: server,
  changeOrigin: true,
  ws: true,
  configure: (proxy) => {
    proxy.on('proxyReq', (request) => {
      if (request.getHeader('origin')) request.setHeader('origin', server);
    });
    proxy.on('proxyReqWs', (request) => {
      request.setHeader('origin', server);
    });
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ['/api', '/socket.io', '/whip', '/whep', '/hls', '/media', '/log'].map((path) => [path, toServer]),
    ),
  },
  build: {
    outDir: 'dist',
    target: 'es2023',
    /** Browsers that know light-dark(): rewritten for older ones it is settled at the root, and no part of a page can be dark. */
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    sourcemap: false,
    /** Data addresses for fonts or scripts would need a wider content security policy. */
    assetsInlineLimit: 0,
    /** hls.js, the one large chunk, is fetched only where WebRTC does not play. */
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          /** Without groups every shared component becomes a file of its own: sixty requests for the home page. */
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 3 },
            { name: 'contract', test: /(node_modules[\\/]zod|contract[\\/]src)[\\/]/, priority: 3 },
            {
              name: 'vendor',
              test: /node_modules[\\/](@tanstack|i18next|react-i18next|use-sync-external-store|socket\.io|engine\.io|@socket\.io)/,
              priority: 2,
            },
            {
              name: 'shared',
              test: /web[\\/]src[\\/](ui|api[\\/](?!auth)|i18n[\\/][a-z]+\.ts)/,
              minShareCount: 2,
              priority: 1,
            },
          ],
        },
      },
    },
  },
});
