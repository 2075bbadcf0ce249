type AvatarProps = { readonly name: string; readonly isLarge?: boolean };

const hues = 12;

/** Up to two first letters of a name or an address. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/[<>"'()[\]]/g, ' ')
    .split(/[\s@._-]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? '');
  return (letters.length === 0 ? '?' : letters.join('')).toLocaleUpperCase();
}

/** A round sign with a sender's letters, always in the same colour. */
export function Avatar({ name, isLarge = false }: AvatarProps) {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  const size = isLarge ? 'avatar avatar-large' : 'avatar';
  return (
    <span className={`${size} avatar-${sum % hues}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}
