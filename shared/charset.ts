/** In place of a character set: the text is UTF-8 that a program mistook for another one and sent on so. */
export const garbledCharset = 'utf-8-garbled';
