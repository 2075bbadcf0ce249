import { useEffect, useState } from 'react';
import type { Events } from '../../shared/contract.ts';
import { usePoppyEvent } from '../bridge/use-event.ts';

type Target = Events['link/hovered'];

/** Where the link under the pointer leads, as the program says it; null while there is none. */
export function useLinkTarget(): Target | null {
  const [target, setTarget] = useState<Target | null>(null);
  usePoppyEvent('link/hovered', (next) => setTarget(next.url === null ? null : next));
  const isShown = target !== null;
  useEffect(() => {
    if (!isShown) return undefined;
    // Nobody tells that the pointer has left the frame, or that its message has gone from under the pointer.
    const clear = () => setTarget(null);
    window.addEventListener('pointermove', clear);
    document.addEventListener('load', clear, true);
    return () => {
      window.removeEventListener('pointermove', clear);
      document.removeEventListener('load', clear, true);
    };
  }, [isShown]);
  return target;
}

/** A link's address in the window's own line, its host set off: what stands before it may be dressed up as one. */
export function LinkTarget({ target }: { readonly target: Target }) {
  const { before, host, after } = cutAtHost(target.url ?? '', target.host ?? '');
  return (
    <span className="status-link">
      {before}
      <strong>{host}</strong>
      {after}
    </span>
  );
}

/** The host ends where the path, the query or the fragment begins. */
function cutAtHost(url: string, host: string) {
  const start = url.indexOf('//') + 2;
  const length = url.slice(start).search(/[/?#]/);
  const end = length < 0 ? url.length : start + length;
  const at = end - host.length;
  if (host === '' || start < 2 || url.slice(at, end) !== host) return { before: url, host: '', after: '' };
  return { before: url.slice(0, at), host, after: url.slice(end) };
}
