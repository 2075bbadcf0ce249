import type { EmailAddress } from '../../shared/message.ts';

type PersonProps = { readonly person: EmailAddress };

/** A name with the real address beside it, always. */
export function Person({ person }: PersonProps) {
  return (
    <span className="person" dir="auto">
      {person.name !== '' && <span className="person-name">{person.name} </span>}
      <span className="person-address">{person.name === '' ? person.address : `<${person.address}>`}</span>
    </span>
  );
}
