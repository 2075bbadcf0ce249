/** What became of one test, or of a file outside of its tests; passed when `errors` is empty. */
export type Outcome = {
  readonly file: string;
  readonly title: string;
  readonly errors: readonly string[];
};

export function failedOf(outcomes: readonly Outcome[]): readonly Outcome[];
export function afterSecondTry(
  first: readonly Outcome[],
  second: readonly Outcome[],
): { readonly outcomes: readonly Outcome[]; readonly shaky: readonly Outcome[] };
export function counted(
  outcomes: readonly Outcome[],
  shaky: readonly Outcome[],
  isForgiving: boolean,
): { readonly passed: number; readonly failed: number };
export function told(outcome: Outcome): string;
export function toldShortly(outcome: Outcome): string;
