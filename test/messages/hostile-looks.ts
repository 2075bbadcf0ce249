/** Bodies that would hide, cover, restyle or push away what Poppy writes above them. */
export const hostileLooks: Readonly<Record<string, string>> = {
  'hides everything': '<style>*{display:none!important}</style><p>x',
  'hides by state': '<style>*{visibility:hidden!important;opacity:0!important}</style><p>x',
  'hides the first child':
    '<style>body>:first-child,body *:not(p),template{display:none!important}</style><p>x',
  'hides html by attribute': '<html style="display:none!important;opacity:0!important" hidden><body><p>x',
  'hides body by attribute': '<body style="display:none!important;opacity:0!important" hidden><p>x',
  'hides on paper':
    '<style>@media print{html,body,div,header{display:none!important;height:0!important}}</style><p>x',
  'has no height': '<body style="height:0!important;max-height:0!important;overflow:hidden!important"><p>x',
  'has a height of none':
    '<style>html{height:0!important;max-height:0!important;overflow:hidden!important}</style><p>x',
  'pulls up html': '<style>html{margin-top:-500px!important}</style><p>x',
  'pulls up body': '<style>body{margin-top:-500px!important}</style><p>x',
  'pulls up body by attribute': '<body style="margin:-500px 0 0 -900px!important" topmargin="-9"><p>x',
  'pushes by margin': '<style>html,body{margin-top:900px!important;padding-top:900px!important}</style><p>x',
  'pushes by border': '<body style="border-top:900px solid #fff!important"><p>x',
  'pushes by what is generated':
    '<style>html::before,body::before{content:""!important;display:block!important;height:900px}</style><p>x',
  'shows the head element':
    '<style>head,style,meta,title{display:block!important;height:300px;background:#fff}</style><p>x',
  'covers from below':
    '<div style="margin:-600px -300px 0;height:900px;width:600px;background:#fff;opacity:.99">Boss &lt;boss@bank.example&gt;</div>',
  'covers with a float':
    '<div style="float:left;margin-top:-600px;height:900px;width:600px;background:#fff">x</div>',
  'covers with an outline':
    '<body style="outline:900px solid #fff!important;outline-offset:-900px!important"><p>x',
  'covers with a shadow':
    '<p style="box-shadow:0 0 0 900px #fff,0 -90px 0 90px #f00;text-shadow:0 -90px #f00">x',
  'shadow of the body': '<body style="box-shadow:inset 0 0 0 900px #f00!important"><p>x',
  'makes letters small': '<style>html,body{font-size:0!important;line-height:0!important}</style><p>x',
  'makes letters white':
    '<style>html,body,*{color:#fff!important;-webkit-text-fill-color:#fff!important}</style><p>x',
  'strikes through': '<body style="text-decoration:line-through 30px #fff!important"><p>x',
  'turns around':
    '<html dir="rtl"><body dir="rtl" style="direction:rtl!important;writing-mode:vertical-rl!important"><p>x',
  'turns html around': '<style>html{writing-mode:vertical-rl!important;direction:rtl!important}</style><p>x',
  'the first line': '<style>html::first-line,body::first-line{color:#fff;font-size:1px}</style><p>x',
  'the first letter':
    '<style>html::first-letter,body::first-letter{color:#fff;font-size:99px;float:right}</style><p>x',
  'in columns': '<style>html,body{column-count:9!important;columns:9!important}</style><p>x',
  'in a grid':
    '<style>html,body{display:grid!important;grid-template-columns:0 1fr!important;grid-auto-rows:0!important}</style><p>x',
  'in another order':
    '<body style="display:flex!important;flex-direction:column-reverse!important"><p style="order:-9">x',
  'as contents': '<style>html,body{display:contents!important}</style><p>x',
  'out of sight':
    '<style>body{float:right!important;width:0!important;min-width:0!important;text-indent:-900px}</style><p>x',
  'all letters big':
    '<body style="letter-spacing:90px;word-spacing:90px;text-transform:uppercase;white-space:pre"><p>x',
  'ground of the same colour':
    '<body bgcolor="#1a1a1a" background="x" text="#ffffff" style="background:#1a1a1a"><p>x',
  'rules for its own kind':
    '<style>:root:not(#a):not(#b) body,:root *{opacity:0!important;margin:-300px!important}</style><p>x',
  'on a page of its own': '<p style="break-before:page;page-break-before:always">x',
  'dark by itself': '<style>:root{color-scheme:dark!important}</style><p>x',
};
