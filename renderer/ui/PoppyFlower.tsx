type PoppyFlowerProps = { readonly size?: number };

/** The program's sign: a poppy seen from above. */
export function PoppyFlower({ size = 28 }: PoppyFlowerProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <title>Poppy</title>
      <g className="flower-petals">
        <path d="M32 33C15 30 10 13 21 7c6-3 16-2 20 4 5 7-1 18-9 22Z" fill="#e2513f" />
        <path d="M33 31C37 14 54 9 59 20c3 7 1 16-6 20-7 3-16-2-20-9Z" fill="#cf3a2b" />
        <path d="M31 32c17 3 23 19 12 26-6 3-16 2-20-4-5-7 1-18 8-22Z" fill="#e2513f" />
        <path d="M32 33C28 50 11 55 5 44c-3-6-1-16 5-20 8-4 18 1 22 9Z" fill="#d94436" />
      </g>
      <circle cx="32" cy="32.5" r="8" fill="#2e1a1c" />
      <circle cx="32" cy="32.5" r="3.4" fill="#8fa06a" />
    </svg>
  );
}
