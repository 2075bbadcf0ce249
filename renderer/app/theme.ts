import { useEffect, useLayoutEffect, useState } from 'react';

const systemDark = '(prefers-color-scheme: dark)';
/** CSS pixels of one rem at 100 %. */
const baseRem = 16;

/** CSS pixels of one rem at a text scale. */
export function remAt(textScale: number): number {
  return baseRem * textScale;
}

/** Dresses the page; true while it is dark. */
export function useTheme(theme: 'system' | 'light' | 'dark', textScale: number): boolean {
  const [isSystemDark, setSystemDark] = useState(() => matchMedia(systemDark).matches);
  useEffect(() => {
    const query = matchMedia(systemDark);
    const follow = () => setSystemDark(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  const isDark = theme === 'dark' || (theme === 'system' && isSystemDark);
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
    document.documentElement.style.fontSize = `${remAt(textScale)}px`;
    document.documentElement.style.setProperty('--text-scale', String(textScale));
  }, [isDark, textScale]);
  return isDark;
}
