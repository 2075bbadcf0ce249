/** CSS properties a message may set. Everything absent here can load, animate, leave its box or is unknown to us. */
const plainProperties = `
  accent-color align-content align-items align-self appearance aspect-ratio block-size border-collapse
  border-spacing box-decoration-break box-shadow box-sizing break-after break-before break-inside caption-side clear
  color color-scheme column-count column-fill column-gap column-rule column-rule-color column-rule-style
  column-rule-width column-span column-width columns content cursor direction display empty-cells flex flex-basis
  flex-direction flex-flow flex-grow flex-shrink flex-wrap float font font-family font-feature-settings font-kerning
  font-optical-sizing font-size font-size-adjust font-stretch font-style font-synthesis font-variant
  font-variant-caps font-variant-ligatures font-variant-numeric font-variation-settings font-weight gap grid
  grid-area grid-auto-columns grid-auto-flow grid-auto-rows grid-column grid-column-end grid-column-gap
  grid-column-start grid-gap grid-row grid-row-end grid-row-gap grid-row-start grid-template grid-template-areas
  grid-template-columns grid-template-rows height hyphens image-rendering inline-size justify-content justify-items
  justify-self letter-spacing line-break line-height list-style list-style-position list-style-type margin
  margin-block margin-block-end margin-block-start margin-bottom margin-inline margin-inline-end margin-inline-start
  margin-left margin-right margin-top max-block-size max-height max-inline-size max-width min-block-size min-height
  min-inline-size min-width object-fit object-position opacity order orphans outline outline-color outline-offset
  outline-style outline-width overflow overflow-wrap page overflow-x overflow-y padding padding-block padding-block-end
  padding-block-start padding-bottom padding-inline padding-inline-end padding-inline-start padding-left
  padding-right padding-top page-break-after page-break-before page-break-inside place-content place-items place-self
  print-color-adjust quotes row-gap tab-size table-layout text-align text-align-last text-decoration
  text-decoration-color text-decoration-line text-decoration-skip-ink text-decoration-style
  text-decoration-thickness text-emphasis text-indent text-justify text-orientation text-overflow text-rendering
  text-shadow text-size-adjust text-transform text-underline-offset text-underline-position text-wrap unicode-bidi
  user-select vertical-align visibility white-space widows width word-break word-spacing word-wrap writing-mode
  -webkit-appearance -webkit-background-clip -webkit-border-radius -webkit-box-align -webkit-box-orient
  -webkit-box-pack -webkit-box-shadow -webkit-box-sizing -webkit-font-smoothing -webkit-hyphens -webkit-line-clamp
  -webkit-margin-after -webkit-margin-before -webkit-padding-start -webkit-print-color-adjust
  -webkit-text-decoration-skip -webkit-text-fill-color -webkit-text-size-adjust -webkit-text-stroke
  -webkit-text-stroke-color -webkit-text-stroke-width -webkit-user-select -webkit-column-count -webkit-column-gap
  -webkit-column-width -webkit-flex -webkit-align-items -webkit-justify-content -webkit-tap-highlight-color
  background background-attachment background-blend-mode background-clip background-color background-image
  background-origin background-position background-position-x background-position-y background-repeat
  background-size`;

const borderSides = ['', '-top', '-right', '-bottom', '-left', '-block', '-inline'].concat([
  '-block-start',
  '-block-end',
  '-inline-start',
  '-inline-end',
]);

/** Names of the properties that are kept, lower case. */
export const allowedProperties: ReadonlySet<string> = new Set([
  ...plainProperties.trim().split(/\s+/),
  ...borderSides.flatMap((side) => [
    `border${side}`,
    `border${side}-color`,
    `border${side}-style`,
    `border${side}-width`,
  ]),
  'border-radius',
  ...[
    'top-left',
    'top-right',
    'bottom-left',
    'bottom-right',
    'start-start',
    'start-end',
    'end-start',
    'end-end',
  ].map((corner) => `border-${corner}-radius`),
]);

/** The only properties in which an image may stay, once it has been given an address of our own. */
export const imageProperties: ReadonlySet<string> = new Set(['background', 'background-image']);

/** Functions that only compute colours, lengths, gradients and grid tracks; none of them reads or loads anything. */
export const allowedFunctions: ReadonlySet<string> = new Set(
  `rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix calc min max clamp linear-gradient
   repeating-linear-gradient radial-gradient repeating-radial-gradient conic-gradient repeating-conic-gradient
   -webkit-linear-gradient -webkit-radial-gradient minmax repeat fit-content`.split(/\s+/),
);

/** Units of numbers, lower case; `x` and `dppx` are for media queries. */
export const allowedUnits: ReadonlySet<string> = new Set(
  `px em rem ex ch ic lh rlh cap vw vh vi vb vmin vmax svw svh lvw lvh dvw dvh cm mm q in pt pc deg grad rad turn s
   ms fr dpi dpcm dppx x`.split(/\s+/),
);

/** Pseudo-classes and pseudo-elements that may stand in a selector. */
export const allowedPseudos: ReadonlySet<string> = new Set(
  `active after any-link before empty first-child first-letter first-line first-of-type focus focus-within hover
   last-child last-of-type link marker only-child only-of-type root selection visited`.split(/\s+/),
);

/** Pseudo-classes with an argument that may stand in a selector. */
export const allowedPseudoFunctions: ReadonlySet<string> = new Set(
  'is lang not nth-child nth-last-child nth-last-of-type nth-of-type where'.split(' '),
);

/**
 * Properties whose strings are names. In any other a string is drawn (`content`, `quotes`, `list-style`,
 * `text-emphasis`), and what is drawn would be read as the text of a link.
 */
export const namingProperties: ReadonlySet<string> = new Set(
  'font font-family font-feature-settings font-variation-settings grid grid-template grid-template-areas'.split(
    ' ',
  ),
);
