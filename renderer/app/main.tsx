import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/wght.css';
import './styles.css';
import { follow } from '../bridge/live.ts';
import { App } from './App.tsx';
import { allowEmptyMarkup } from './empty-markup.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root element');

allowEmptyMarkup();
// What the first drawing needs is asked for before it, so that nothing jumps.
void follow().then(() => {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
});
