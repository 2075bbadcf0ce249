/**
 * The part of a page's policy under which no text becomes code or markup: writing HTML into an element throws, and no
 * script of the page can allow itself to do so. Nothing of the window needs it.
 */
export const trustedTypesPolicy = "require-trusted-types-for 'script'; trusted-types 'none'";
