declare const brand: unique symbol;

/** Gives a string or number a name of its own, so that two kinds of id cannot be mixed. */
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Random id of an account, 16 lower-case hexadecimal digits; also the name of its folder in the store. */
export type AccountId = Branded<string, 'AccountId'>;

/** Row number of a stored message in the index. It lives as long as the message; a rebuild keeps it where it can read the old index. */
export type MessageId = Branded<number, 'MessageId'>;

/** Unique id the server gives a message, 1 to 70 characters of 0x21 to 0x7E. RFC 1939 §7, UIDL. */
export type Uidl = Branded<string, 'Uidl'>;
