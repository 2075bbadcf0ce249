/**
 * The part of a page's policy under which no text becomes code or markup: writing HTML into an element throws, and no
 * script of the page can allow itself to do so. Nothing of the window needs it.
 */
export const trustedTypesPolicy = "require-trusted-types-for 'script'; trusted-types 'none'";

/**
 * The same for the window's own page, where one policy is allowed: the default one of `renderer/app/empty-markup`, which
 * lets libraries empty an element by writing nothing into it.
 */
export const windowTrustedTypesPolicy = "require-trusted-types-for 'script'; trusted-types default";
