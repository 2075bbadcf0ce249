import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/wght.css';
import './theme.css';
import './layout.css';
import '../ui/controls.css';
import '../ui/overlays.css';
import '../mailbox/mailbox.css';
import '../reading/reading.css';
import '../server-view/server-view.css';
import '../account/account.css';
import '../settings/settings.css';
import '../search/search.css';
import { follow } from '../bridge/live.ts';
import { App } from './App.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root element');

// What the first drawing needs is asked for before it, so that nothing jumps.
void follow().then(() => {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
});
