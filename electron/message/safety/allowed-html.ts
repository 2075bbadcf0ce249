const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Elements that are kept: text, tables, lists and pictures. */
export const allowedElements = words(`
  a abbr acronym address article aside b bdi big blockquote br caption center cite code col colgroup dd del
  details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main
  mark menu nav nobr ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td
  tfoot th thead time tr tt u ul var wbr`);

/** Elements that go with all they hold; of any other unknown element the content stays. */
export const droppedWithContent = words(`
  applet base basefont bgsound datalist embed frame frameset head iframe input keygen link math meta noembed noframes
  noscript option param script select source style svg template textarea title track`);

/** Old elements whose content is text with its own line ends. */
export const preformattedElements = words('listing plaintext xmp');

/** Elements without an end tag. */
export const voidElements = words('br col hr img wbr');

/** Attributes that any kept element may carry; their values are inert in a browser. */
export const plainAttributes = words(`
  abbr align alt axis bgcolor border bordercolor cellpadding cellspacing char charoff clear color colspan compact
  datetime dir face frame height hidden hspace lang noshade nowrap open reversed role rowspan rules scope size span
  start summary title type valign value vspace width aria-hidden aria-label`);

/** Attributes of the body that have a meaning there and nowhere else. */
export const bodyAttributes = words('alink link marginheight marginwidth leftmargin topmargin text vlink');
